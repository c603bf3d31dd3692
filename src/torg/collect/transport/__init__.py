"""The one door to the network: who goes through it keeps budgets, waits, and says who asks.

`Door` asks again where that may help; what really sends is a function: what `with
internet() as send` gives, outside of tests.
"""

from torg.collect.transport.calls import Answer, Call, Send
from torg.collect.transport.clients import as_the_door_said
from torg.collect.transport.clock import Clock
from torg.collect.transport.door import Connect, Door, Message, agent
from torg.collect.transport.pace import Budget
from torg.collect.transport.quota import Quota, Used
from torg.collect.transport.retries import Retries
from torg.collect.transport.sockets import Limits, internet, look_up, web_socket

__all__ = [
    "Answer",
    "Budget",
    "Call",
    "Clock",
    "Connect",
    "Door",
    "Limits",
    "Message",
    "Quota",
    "Retries",
    "Send",
    "Used",
    "agent",
    "as_the_door_said",
    "internet",
    "look_up",
    "web_socket",
]
