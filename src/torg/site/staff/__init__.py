"""The rooms of those who make the study."""
