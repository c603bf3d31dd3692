"""Run every bench and write docs/benchmarks.md: `python -m bench.run [--quick] [BENCH ...]`."""

import argparse
import datetime as dt
import importlib
import os
import platform
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rows import Row

BENCHES = {
    "imports": "Import",
    "formats": "Formats",
    "small_runs": "Small runs",
    "measures": "Measures",
    "ranks": "Rank sets",
    "estimates": "Survey estimates",
    "survey": "Answers under load",
    "stream": "Live stream",
    "round": "Collecting",
    "pages": "Public pages",
}
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
_PARTS = (
    "duckdb", "ibis-framework", "deltalake", "polars", "pyarrow", "numpy", "django", "granian",
)  # fmt: skip
_ABOUT = """# Benchmarks

Written by `make bench`. Figures that are set side by side come from the same run on the same
machine; the ratios travel, the figures do not. "Asked" is what Torg promises;
the code is in `bench/`.
"""


def main() -> None:
    """Run what was asked for; at full size its tables take the place of theirs on the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=", ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="small sizes; the page stays as it is")
    arguments = parser.parse_args()
    if unknown := set(arguments.benches) - set(BENCHES):
        parser.error(
            f"no bench is called {', '.join(sorted(unknown))}: choose of {', '.join(BENCHES)}"
        )
    with _own_surroundings():
        tables = {
            name: _measured(name, quick=arguments.quick) for name in arguments.benches or BENCHES
        }
    if not arguments.quick:
        PAGE.write_text(page(tables, before=PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"written to {PAGE}")


@contextmanager
def _own_surroundings() -> Iterator[None]:
    """Neither keys nor databases of the user's are touched; who ends the run ends its servers."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    for name in [name for name in os.environ if name.startswith("TORG_")]:
        del os.environ[name]
    with TemporaryDirectory(prefix="torg-bench-") as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        yield


def _measured(name: str, *, quick: bool) -> list[Row]:
    print(f"{name} ...", flush=True)
    rows = [Row(*row) for row in importlib.import_module(f"bench.{name}").main(quick=quick)]
    print(_table(rows), flush=True)
    return rows


def page(tables: dict[str, list[Row]], *, before: str = "") -> str:
    """The newest table of each bench, under its day and machine; others stay as they were."""
    told = {name: f"{_machine()}\n{_table(rows)}" for name, rows in tables.items()}
    told = _told(before) | told
    parts = [f"## {BENCHES[name]}\n\n{told[name]}" for name in BENCHES if name in told]
    return "\n".join([_ABOUT, *parts])


def _told(page: str) -> dict[str, str]:
    """What stands on a page, by the names of the benches."""
    parts = (part.partition("\n\n") for part in page.split("\n## "))
    by_title = {title: table.rstrip("\n") + "\n" for title, _, table in parts}
    return {name: by_title[title] for name, title in BENCHES.items() if title in by_title}


def _table(rows: list[Row]) -> str:
    lines = ["| what | figure | beside it | asked | reached |", "|---|---:|---|---|---|"]
    lines += [
        f"| {row.name} | {_number(row.figure)} {row.unit} | {row.ratio or ''} | {row.asked or ''} "
        f"| {'' if row.reached is None else 'yes' if row.reached else '**no**'} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def _number(figure: float) -> str:
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:,.3g}"


def _machine() -> str:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    versions = ", ".join(f"{part} {version(part)}" for part in _PARTS)
    return (
        f"Measured on {today}: {len(os.sched_getaffinity(0))} cores ({_processor()}), "
        f"{_memory_gb():.0f} GB of memory, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {versions}.\n"
    )


def _processor() -> str:
    return _first_line("/proc/cpuinfo", "model name") or platform.processor() or "unknown"


def _memory_gb() -> float:
    kilobytes = (_first_line("/proc/meminfo", "MemTotal") or "0").split()[0]
    return int(kilobytes) / 1024**2


def _first_line(path: str, key: str) -> str | None:
    if not Path(path).exists():
        return None
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    found = [line.partition(":")[2].strip() for line in lines if line.startswith(key)]
    return found[0] if found else None


if __name__ == "__main__":
    main()
