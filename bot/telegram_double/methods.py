"""A method of the Bot API: what carries it out, and the parameters it knows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.telegram_double.arguments import Arguments
from bot.telegram_double.world import World

SENDING: Final = frozenset(
    {
        "allow_paid_broadcast",
        "chat_id",
        "disable_notification",
        "message_effect_id",
        "message_thread_id",
        "protect_content",
        "reply_markup",
        "reply_parameters",
    }
)
"""What every method that sends knows; business connections and the like are left out."""


@dataclass(frozen=True, slots=True)
class Method:
    """A method and the parameters it knows.

    Telegram ignores what it does not know; the double refuses it, since it is a slip of the pen.
    """

    carry_out: Callable[[World, Arguments], object]
    knows: frozenset[str]


def method(carry_out: Callable[[World, Arguments], object], *knows: str) -> Method:
    """Return a method that knows the parameters."""
    return Method(carry_out, frozenset(knows))


def sending(carry_out: Callable[[World, Arguments], object], *knows: str) -> Method:
    """Return a method that sends and knows some parameters more."""
    return Method(carry_out, SENDING | frozenset(knows))
