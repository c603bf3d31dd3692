"""The pages of the staff: HTTP only, one module a room."""
