"""The pages of this room: parse, call, page."""
