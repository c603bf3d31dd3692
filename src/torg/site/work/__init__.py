"""What takes long, done in the background, with its progress and its log."""
