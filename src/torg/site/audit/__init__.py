"""The log of what was done: by whom, when, to what."""
