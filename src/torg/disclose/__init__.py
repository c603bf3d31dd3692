"""Who may see what: which figures may be shown, and which stay with their owner."""
