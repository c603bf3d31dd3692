"""The addresses of this room, each in every language."""

urlpatterns: list[object] = []
