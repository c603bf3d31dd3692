"""The pages of a municipality's room."""
