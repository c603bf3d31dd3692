"""Django is set up before its models are asked for."""

from torg.site.configured import configure

configure()
