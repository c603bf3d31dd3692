"""Which release is shown since when, and what municipalities say of their figures."""
