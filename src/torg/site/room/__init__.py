"""A municipality's own room: files handed in, channels set right, figures seen before others."""
