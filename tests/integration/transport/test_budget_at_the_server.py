"""Several threads through one door: what counts is what the server counts."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.lib.doors import answer
from tests.lib.loopback import serving
from torg.collect.transport import Budget, Door, internet

BUDGET = Budget(calls=10, seconds=0.1)


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_server_never_counts_more_than_the_budget():
    with serving(lambda call: answer()) as server, internet() as send:
        door = Door(send, budget=BUDGET)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: door.get(server.url), range(100)))
        arrived = sorted(server.arrived)
    assert len(arrived) == 100
    windows = zip(arrived, arrived[BUDGET.calls :], strict=False)
    assert min(late - early for early, late in windows) >= BUDGET.seconds
