"""The survey in the report."""
