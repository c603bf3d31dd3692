"""What is answered at the public addresses."""
