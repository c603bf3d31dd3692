"""A municipality's card to print and to share: values in, bytes out. Typst sets both.

A door of its own, because Typst is loaded only by who asks for a PDF or a picture.
"""

from torg.report.printed.card import printed_card
from torg.report.printed.picture import HEIGHT, WIDTH, sharing_picture

__all__ = ["HEIGHT", "WIDTH", "printed_card", "sharing_picture"]
