"""What is said held against what is done, and what silence costs: survey and observation joined."""

__all__: list[str] = []
