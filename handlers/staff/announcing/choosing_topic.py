"""What an announcement is about."""

from __future__ import annotations

from erasmus.announcements import Announcement, Topic
from handlers.codec import StaleButton
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff.announcing.drafting import draft
from handlers.staff.announcing.presses import ChooseTopic, SetTopic, ShowAnnouncement
from handlers.staff.desk import Desk
from handlers.topics import topic_labels
from storage import announcements


async def choose(desk: Desk, announcement: Announcement, _press: ChooseTopic) -> Screen:
    """Offer the topics."""
    t, which = desk.t, (desk.office.id, announcement.id)
    buttons = [
        Go(f"✓ {label}" if topic is announcement.topic else label, SetTopic(*which, topic.value))
        for topic, label in topic_labels(t).items()
    ]
    text = paragraphs(
        t("<b>What is it about?</b>"),
        t("People choose which topics they want to hear of. The others will not get it."),
    )
    return Screen(text, (*one_each(buttons), desk.turn.leave(ShowAnnouncement(*which))))


async def set_topic(desk: Desk, announcement: Announcement, press: SetTopic) -> Screen:
    """Keep what it is about."""
    try:
        topic = Topic(press.topic)
    except ValueError as error:
        raise StaleButton(press.topic) from error
    await announcements.set_topic(desk.c, announcement.id, topic, desk.now)
    await desk.record("announcement.topic", announcement.batch, topic=topic.value)
    return await draft(desk, await announcements.get(desk.c, announcement.id) or announcement)
