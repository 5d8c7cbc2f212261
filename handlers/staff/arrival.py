"""Where the questions of an office arrive, and how its group is connected."""

from __future__ import annotations

from typing import Final

from erasmus.offices import Office
from handlers.screens import Link, paragraphs
from handlers.turn import Turn
from locales import Texts

CONNECT: Final = "connect"
"""What the button that adds the assistant to a group makes Telegram send there after /start."""


def place(t: Texts, office: Office) -> str:
    """Say where questions arrive; without a group, that nobody can ask, and the way to one."""
    if office.group_id is None:
        return paragraphs(
            t("Students cannot ask yet: there is no group in which their questions arrive."),
            t(
                "Make a group for your team, best with topics. Add me to it with the button, "
                "as an administrator who may manage topics. Then choose the office there."
            ),
        )
    where = (
        t("Questions arrive in your group, in a topic for each student.")
        if office.group_has_topics
        else t("Questions arrive in your group. You answer by replying to them.")
    )
    return paragraphs(where, t("To change that, send /connect in a group."))


def way(turn: Turn) -> Link:
    """Return the button that adds the assistant to a group, with the right that it needs."""
    link = f"https://t.me/{turn.bot}?startgroup={CONNECT}&admin=manage_topics"
    return Link(turn.t.label("button", "Add me to a group"), link)
