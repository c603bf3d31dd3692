"""The one door to the network: who goes through it keeps budgets, waits, and says who asks.

`Door` asks again where that may help; what really sends is a function, `internet()` outside of
tests.
"""

from torg.collect.transport.calls import Answer, Call, Send
from torg.collect.transport.clock import Clock
from torg.collect.transport.door import Door

__all__ = ["Answer", "Call", "Clock", "Door", "Send"]
