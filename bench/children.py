"""Run a function of a bench in a process of its own, so that its peak of memory is its own."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def in_child(module: str, job: str, *arguments: object) -> dict[str, Any]:
    """What the function `job` of `module` returned, with `peak_mb` of its process."""
    done = subprocess.run(  # noqa: S603 - our own modules, named by us
        [sys.executable, "-m", "bench.children", module, job, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module}.{job} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def peak_mb() -> float:
    """The most memory that this process held at once.

    Linux lets a process inherit the peak of its parent in getrusage; VmHWM is the process's own.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    module, job, *arguments = sys.argv[1:]
    result = getattr(__import__(module, fromlist=[job]), job)(*arguments)
    print(json.dumps(result | {"peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
