"""Announcements: written, confirmed, and brought from stage to stage.

`ledger` looks, `drafting` writes, `confirming` asks one or two people, `stages` moves and steers,
and `outcomes` says what became of the copies.
"""

from storage.announcements.confirming import (
    Confirmation,
    Said,
    confirm,
)
from storage.announcements.drafting import (
    create,
    discard,
    set_audience,
    set_buttons,
    set_paid,
    set_text,
    set_topic,
    set_when,
    write_text,
)
from storage.announcements.ledger import (
    get,
    in_stage,
    live_ids,
    lock,
    numbers,
    of_office,
    recalled,
    texts,
    to_do,
    watched,
)
from storage.announcements.outcomes import (
    progress,
    recipients,
    send_again,
    unknown,
)
from storage.announcements.stages import (
    brake,
    move,
    note,
    pause,
    resume,
    stop,
    take_back,
)

__all__ = [
    "Confirmation",
    "Said",
    "brake",
    "confirm",
    "create",
    "discard",
    "get",
    "in_stage",
    "live_ids",
    "lock",
    "move",
    "note",
    "numbers",
    "of_office",
    "pause",
    "progress",
    "recalled",
    "recipients",
    "resume",
    "send_again",
    "set_audience",
    "set_buttons",
    "set_paid",
    "set_text",
    "set_topic",
    "set_when",
    "stop",
    "take_back",
    "texts",
    "to_do",
    "unknown",
    "watched",
    "write_text",
]
