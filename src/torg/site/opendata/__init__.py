"""The tables for programs: downloads, the API, feeds, and what a release is cited by."""
