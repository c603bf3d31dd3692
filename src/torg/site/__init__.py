"""The people's part: what needs a database. Only the command line imports it."""

__all__: list[str] = []
