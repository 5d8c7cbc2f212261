"""Deliveries: every message that goes out is a row here first, with a key of its own.

`rows` says what a delivery is, `queue` puts, withdraws and looks, `claiming` takes what is due, and
`settling` writes down what became of it.
"""

from storage.deliveries.claiming import claim, claim_companions, claim_for_chat
from storage.deliveries.queue import (
    cancel,
    cancel_for_follow,
    cancel_for_person,
    cancel_stale,
    counts,
    expire,
    get,
    next_due,
    purge,
    put,
    put_all,
    queued_for,
    sent_list,
)
from storage.deliveries.rows import Delivery, Draft, Lane, State
from storage.deliveries.settling import postpone, recover, settle

__all__ = [
    "Delivery",
    "Draft",
    "Lane",
    "State",
    "cancel",
    "cancel_for_follow",
    "cancel_for_person",
    "cancel_stale",
    "claim",
    "claim_companions",
    "claim_for_chat",
    "counts",
    "expire",
    "get",
    "next_due",
    "postpone",
    "purge",
    "put",
    "put_all",
    "queued_for",
    "recover",
    "sent_list",
    "settle",
]
