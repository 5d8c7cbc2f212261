"""The relay between a student and an office: what one side writes is delivered to the other.

A question first gets its place in the office's group: a topic, or a card whose answers are its
thread. When that place is known (its delivery has settled) the messages follow. Where every copy
arrived is kept, so that answers and edits find their way by numbers. All of it is rows: a
restart, or a repeat, changes nothing.
"""

from handlers.relay.bodies import desk_texts
from handlers.relay.carrying import carry, edited, open_in_group, say_in_group, tell_forgotten
from handlers.relay.groups import GroupRight, bind_group, move_group
from handlers.relay.outcomes import KINDS, failed, settled
from handlers.relay.threads import close_if_done, reopen

__all__ = [
    "KINDS",
    "GroupRight",
    "bind_group",
    "carry",
    "close_if_done",
    "desk_texts",
    "edited",
    "failed",
    "move_group",
    "open_in_group",
    "reopen",
    "say_in_group",
    "settled",
    "tell_forgotten",
]
