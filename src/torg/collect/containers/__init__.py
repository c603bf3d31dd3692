"""What holds the rows of a file: delimited text, Parquet, a workbook, JSON lines or a document.

Which container a file is, its first bytes tell; what its rows mean is for the formats.
"""

from torg.collect.containers.delimited import DELIMITED
from torg.collect.containers.feed import FEED
from torg.collect.containers.json_document import JSON_DOCUMENT
from torg.collect.containers.json_lines import JSON_LINES
from torg.collect.containers.parquet import PARQUET
from torg.collect.containers.shape import Container, Parts
from torg.collect.containers.workbook import WORKBOOK

CONTAINERS: dict[str, Container] = {
    "delimited": DELIMITED,
    "feed": FEED,
    "json_document": JSON_DOCUMENT,
    "json_lines": JSON_LINES,
    "parquet": PARQUET,
    "workbook": WORKBOOK,
}

__all__ = ["CONTAINERS", "Container", "Parts"]
