"""The public pages: the country, its municipalities, and how it is known."""
