"""Deliveries: every message that goes out is a row here first, with a key of its own.

`rows` says what a delivery is, `queue` puts and withdraws, `replying` puts what leaves at once,
`ledger` looks, `claiming` takes what is due, `settling` writes down what became of it, and
`renaming` follows a chat to its new id.
"""

from storage.deliveries.claiming import (
    claim,
    claim_companions,
    claim_suspect,
    lanes_of_suspects,
)
from storage.deliveries.ledger import (
    counts,
    depths,
    fate_of,
    get,
    next_due,
    queued_for,
    sent_list,
    unknown_list,
)
from storage.deliveries.queue import (
    cancel,
    cancel_for_follow,
    cancel_for_person,
    cancel_stale,
    expire,
    purge,
    put,
    put_all,
    withdraw_planned,
)
from storage.deliveries.renaming import rename_chat
from storage.deliveries.replying import put_sending
from storage.deliveries.rows import (
    MEANT_FOR,
    PROCESS_ENDED,
    Delivery,
    Draft,
    Fate,
    Lane,
    State,
    reply_key,
)
from storage.deliveries.settling import (
    postpone,
    recover,
    requeue_replies,
    settle,
    settle_sent,
    take_back,
)

__all__ = [
    "MEANT_FOR",
    "PROCESS_ENDED",
    "Delivery",
    "Draft",
    "Fate",
    "Lane",
    "State",
    "cancel",
    "cancel_for_follow",
    "cancel_for_person",
    "cancel_stale",
    "claim",
    "claim_companions",
    "claim_suspect",
    "counts",
    "depths",
    "expire",
    "fate_of",
    "get",
    "lanes_of_suspects",
    "next_due",
    "postpone",
    "purge",
    "put",
    "put_all",
    "put_sending",
    "queued_for",
    "recover",
    "rename_chat",
    "reply_key",
    "requeue_replies",
    "sent_list",
    "settle",
    "settle_sent",
    "take_back",
    "unknown_list",
    "withdraw_planned",
]
