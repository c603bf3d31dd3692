"""What goes wrong beneath the site, and what its readers see of it."""
