"""The addresses of this room that have no language."""

urlpatterns: list[object] = []
