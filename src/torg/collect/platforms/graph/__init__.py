"""Meta's Graph interface: what Facebook's pages and Instagram's accounts have in common."""

from torg.collect.platforms.graph.client import BUDGET, SERVER, VERSION, Graph, some_of
from torg.collect.platforms.graph.granting import MetaGranting
from torg.collect.platforms.graph.standing import confirmed

__all__ = ["BUDGET", "SERVER", "VERSION", "Graph", "MetaGranting", "confirmed", "some_of"]
