"""A Telegram that runs in memory: strict as the real one, with people to play with.

It serves the tests, the crash and load tests, and the sandbox. It fails loudly: every call it
refused is kept in ``TelegramDouble.refusals``.
"""

from bot.telegram_double.answers import Answer
from bot.telegram_double.arrivals import NotPossible
from bot.telegram_double.engine import TOKEN, Asked, TelegramDouble
from bot.telegram_double.faults import Cut, FaultKind
from bot.telegram_double.groups import Group
from bot.telegram_double.keyboards import Button
from bot.telegram_double.ledger import Delivery
from bot.telegram_double.messages import Media, Message
from bot.telegram_double.pace import Pace
from bot.telegram_double.people import Person
from bot.telegram_double.queries import Query, Toast
from bot.telegram_double.refusals import Cause, Refusal
from bot.telegram_double.request import DoubleRequest
from bot.telegram_double.taps import NoSuchButton, NotPressable

__all__ = [
    "TOKEN",
    "Answer",
    "Asked",
    "Button",
    "Cause",
    "Cut",
    "Delivery",
    "DoubleRequest",
    "FaultKind",
    "Group",
    "Media",
    "Message",
    "NoSuchButton",
    "NotPossible",
    "NotPressable",
    "Pace",
    "Person",
    "Query",
    "Refusal",
    "TelegramDouble",
    "Toast",
]
