"""How a file is read: its bytes, rows, cells and header, down to records and rejects."""
