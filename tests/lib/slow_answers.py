"""The slow, obvious twin of what is kept: every saying in a list, and what counts looked for."""


class SayingsInOrder:
    """All that was said to items, in the order in which it was kept."""

    def __init__(self):
        self.said = []  # item, value, moment

    def add(self, item, value, at):
        later = [moment for _, _, moment in self.said]
        self.said.append((item, value, max([at, *(each + 1 for each in later)])))

    def counts(self):
        """Item -> value of those whose last saying is not that it is taken back."""
        last = {}
        for item, value, _ in self.said:
            last[item] = value
        return {item: value for item, value in last.items() if value is not None}

    def history(self, item):
        return [value for each, value, _ in self.said if each == item]
