"""What the server tells its operator: faults of ours with their traceback, and no personal link."""

import logging


class WithoutLinks(logging.Filter):
    """Writes an address that opens something by what it holds as its pattern."""

    secrets = frozenset({"token", "word"})  # names of gaps in addresses

    def filter(self, record: logging.LogRecord) -> bool:
        """Called by logging for each line; Django's says a phrase, then the path."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        if match is not None and self.secrets & match.kwargs.keys():
            said = record.args if isinstance(record.args, tuple) else ()
            record.args = tuple(
                f"/{match.route}" if str(each).startswith("/") else each for each in said
            )
        return True


def tell_faults_only() -> None:
    """Let Django's own loggers say what is a fault of ours; what readers do wrong, they are told.

    Lines go where Python's logging sends them: to the standard error, unless a program says else.
    """
    requests = logging.getLogger("django.request")
    requests.setLevel(logging.ERROR)
    requests.addFilter(WithoutLinks())
    # A call under a name that is not the site's, a form with too many fields: scanners, all day.
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
