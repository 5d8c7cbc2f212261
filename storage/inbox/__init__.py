"""The inbox: every update is a row before Telegram is told that it arrived.

`arrivals` says what a row is, `ledger` writes it down and finishes it, `claiming` hands it out.
"""

from storage.inbox.arrivals import Arrival, Overtaken, State
from storage.inbox.claiming import (
    DEATHS,
    backlog,
    claim,
    claim_suspect,
    let_go,
    recover,
)
from storage.inbox.ledger import (
    depth,
    failed,
    handled,
    ignored,
    purge,
    receive,
)

__all__ = [
    "DEATHS",
    "Arrival",
    "Overtaken",
    "State",
    "backlog",
    "claim",
    "claim_suspect",
    "depth",
    "failed",
    "handled",
    "ignored",
    "let_go",
    "purge",
    "receive",
    "recover",
]
