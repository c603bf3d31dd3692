"""The project's own source, read as text and as syntax: what the tests of the house look at."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "torg"


def modules():
    """Every module of the package, as paths, sorted."""
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path):
    """'archive' for torg/archive/keys.py, 'errors' for torg/errors.py."""
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def place(path):
    return str(path.relative_to(ROOT))


def imported(path):
    """Every torg module that the module imports, as dotted names."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, (
                f"{place(path)}:{node.lineno} imports relatively: write the whole name"
            )
            names = (
                [f"torg.{alias.name}" for alias in node.names]
                if node.module == "torg"
                else [node.module]
            )
            found += names
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return [name for name in found if name == "torg" or name.startswith("torg.")]


def functions(path):
    """Every function of the module."""
    return [
        n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(function):
    """Lines of a function without its docstring and decorators."""
    body = function.body
    has_docstring = isinstance(body[0], ast.Expr) and isinstance(
        getattr(body[0], "value", None), ast.Constant
    )
    first = body[1] if has_docstring and len(body) > 1 else body[0]
    signature = body[0].lineno - function.lineno
    return signature + function.end_lineno - first.lineno + 1
