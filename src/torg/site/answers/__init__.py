"""Who was asked, by which letter, and what was answered."""
