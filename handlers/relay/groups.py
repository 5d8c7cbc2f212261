"""Which group an office answers in, what the assistant may do there, and where it moved."""

from __future__ import annotations

from datetime import datetime
from enum import IntFlag

from erasmus.enquiries import Enquiry
from erasmus.offices import Office
from handlers.relay.bodies import desk_texts
from handlers.relay.carrying import open_in_group
from handlers.screens import Screen
from storage import Connection, deliveries, offices, question_messages, questions
from storage.deliveries import Delivery, Draft, Lane


class GroupRight(IntFlag):
    """What the assistant may do in a group, and what the group has."""

    ADMIN = 1
    TOPICS = 2
    DELETE = 4
    FORUM = 8


async def move_group(c: Connection, old: int, new: int, now: datetime) -> None:
    """Follow a group that became a supergroup: its messages of before cannot be reached there.

    So questions that wait are put into it anew, with everything that was written.
    """
    for office_id in await questions.offices_in(c, old):
        office = await offices.get(c, office_id)
        if office is not None:
            await bind_group(c, office, new, now, topics=office.group_has_topics)


async def bind_group(
    c: Connection, office: Office, group_id: int, now: datetime, *, topics: bool
) -> None:
    """Let an office answer in a group; what waits goes there."""
    await questions.bind(c, office.id, group_id, topics=topics)
    for question in await questions.waiting(c, office.id):
        await _withdraw(c, question, now)
        await open_in_group(c, question, now)


async def _withdraw(c: Connection, question: Enquiry, now: datetime) -> None:
    """Take back what was on its way to a place that is no more."""
    begun = f"q{question.id}.{question.attempt}"
    cards = [f"{begun}:t", f"{begun}:c0", f"{begun}:c{question.thread_id or 0}"]
    messages = await question_messages.of_question(c, question.id)
    carried = [each.delivery_key for each in messages if not each.from_office]
    await deliveries.cancel(c, [*cards, *carried], now)


async def judge_rights(c: Connection, row: Delivery, rights: GroupRight, now: datetime) -> None:
    """Say what is missing in a group that was just connected; use its topics if possible."""
    office = await offices.get(c, str(row.body["office"]))
    if office is None or office.group_id != row.chat_id:
        return
    t = await desk_texts(c, office)
    able = GroupRight.FORUM | GroupRight.TOPICS
    if able in rights:
        await bind_group(c, office, row.chat_id, now, topics=True)
        said = t("Every student gets a topic of their own here. Everything is ready.")
    elif GroupRight.FORUM in rights:
        said = t(
            "I may not open topics here. Please make me an administrator with the right "
            "to manage topics and send /connect again. Until then, answer by replying "
            "to my messages."
        )
    else:
        said = t(
            "Answer a question by replying to its messages. It is clearer with topics: "
            "switch them on in the settings of the group, make me an administrator who "
            "may manage topics, and send /connect again."
        )
    draft = Draft(f"{row.key}:s", Lane.STAFF, row.chat_id, "screen", Screen(said).body(), now)
    await deliveries.put(c, draft, now)
