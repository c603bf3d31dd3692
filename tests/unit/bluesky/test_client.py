"""The kept client is brought in once, by whoever comes first; many threads come at once."""

import subprocess
import sys

MANY = """
import threading
from torg.collect.platforms.bluesky.kept import kept

found, ready = [], threading.Barrier(16)

def ask():
    ready.wait()
    found.append(kept().Request)

threads = [threading.Thread(target=ask) for _ in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(found) == 16 and len(set(map(id, found))) == 1, found
"""


def test_sixteen_threads_at_once_get_one_client():
    done = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_who_asks_nothing_of_bluesky_does_not_wait_for_its_client():
    look = "import sys, torg.main; assert not any(m.startswith('atproto') for m in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
