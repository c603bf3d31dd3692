"""A real AT network on loopback: started for some tests, gone after them."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "networks"
NODE = FOLDER / "node_modules" / ".bin" / "node"
_POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def lacking():
    """What this machine lacks for the network, in plain words; empty where it can run."""
    lacks = []
    if not NODE.exists():
        lacks.append(f"the packages of {FOLDER.name} (make networks)")
    if not _POSTGRES:
        lacks.append("PostgreSQL")
    if not shutil.which("redis-server"):
        lacks.append("redis-server")
    return ", ".join(lacks)


@dataclass(frozen=True)
class AtNetwork:
    """The addresses of the parts, each as http://host:port."""

    directory: str
    data: str
    view: str
    control: str


@contextlib.contextmanager
def at_network(folder):
    """The network, its databases in `folder`."""
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(_postgres(folder))
        redis = stack.enter_context(_redis(folder))
        environment = {
            "PATH": os.environ["PATH"],
            "TMPDIR": str(folder),
            "DB_POSTGRES_URL": database,
            "REDIS_HOST": redis,
            "LOG_ENABLED": "false",
            "NODE_ENV": "test",
        }
        server = stack.enter_context(
            _process(
                [str(NODE), "at_network.mjs"], cwd=FOLDER, env=environment, stdin=subprocess.PIPE
            )
        )
        line = server.stdout.readline()
        if not line:
            raise RuntimeError("the AT network ended before it was ready")
        yield AtNetwork(**json.loads(line))


@contextlib.contextmanager
def _postgres(folder):
    """A throw-away PostgreSQL; it refuses to run as root, so it is somebody else then."""
    port = _free_port()
    home = folder / "postgres"
    home.mkdir()
    who = {}
    if os.geteuid() == 0:
        who = {"user": "nobody", "group": "nogroup"}
        shutil.chown(home, "nobody", "nogroup")
        _let_pass(home)
    programs = _POSTGRES[-1]
    data = home / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "torg", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=home,
        **who,
    )
    command = [
        programs / "postgres", "-D", data, "-p", str(port), "-k", home,
        "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200",
    ]  # fmt: skip
    with _process(command, cwd=home, stderr=subprocess.DEVNULL, **who):
        _until_open(port)
        yield f"postgresql://torg@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def _redis(folder):
    port = _free_port()
    command = [
        "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "",
        "--appendonly", "no", "--dir", str(folder),
    ]  # fmt: skip
    with _process(command):
        _until_open(port)
        yield f"127.0.0.1:{port}"


@contextlib.contextmanager
def _process(command, **how):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, **how)
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        if process.poll() is None:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _let_pass(folder):
    """Let others pass through the folders above, which pytest makes for their owner alone."""
    for above in folder.parents:
        if above.stat().st_uid == os.geteuid() and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _until_open(port):
    """Wait until something listens there; each attempt waits for itself, so nothing sleeps."""
    for _ in range(600):
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        with contextlib.suppress(TimeoutError), socket.socket() as pause:
            pause.settimeout(0.05)
            pause.bind(("127.0.0.1", 0))
            pause.listen()
            pause.accept()
    raise RuntimeError(f"nothing came to listen on port {port}")
