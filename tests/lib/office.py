"""The office's clock, minute by minute: slow and obvious."""


def slow_office_hours(start, end):
    """Office hours from minute `start` to minute `end`, both counted from a Monday's midnight."""
    return sum(_is_open(minute) for minute in range(start, end)) / 60


def _is_open(minute):
    day, of_day = divmod(minute, 24 * 60)
    return day % 7 < 5 and 8 * 60 <= of_day < 15 * 60 + 30
