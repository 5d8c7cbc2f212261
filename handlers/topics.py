"""Announcements at their readers: what the buttons under one do, and which topics they want."""

from __future__ import annotations

from dataclasses import replace

from erasmus.announcements import Topic
from handlers import eligibility
from handlers.call_cards import set_follow
from handlers.codec import StaleButton
from handlers.presses import (
    Check,
    CheckAnnounced,
    FollowAnnounced,
    SetFollow,
    Settings,
    SetTopicOn,
    StopTopic,
    Topics,
)
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.start import home
from handlers.turn import Turn
from locales import Texts
from storage import opt_outs


def topic_labels(t: Texts) -> dict[Topic, str]:
    """Name the topics for buttons."""
    return {
        Topic.CALLS: t.label("button", "Calls and deadlines"),
        Topic.EVENTS: t.label("button", "Events and info days"),
        Topic.NEWS: t.label("button", "News of the office"),
    }


async def topics(turn: Turn, _press: Topics | None = None) -> Screen:
    """Show the topics with what the person wants to hear of."""
    t = turn.t
    unwanted = await opt_outs.of(turn.c, turn.person.id)
    buttons = [
        Go(label if topic in unwanted else f"✓ {label}", SetTopicOn(topic, on=topic in unwanted))
        for topic, label in topic_labels(t).items()
    ]
    text = paragraphs(
        t("<b>Announcements</b>"),
        t("What may the Erasmus+ offices write to you about? Tap to switch a topic on or off."),
        t("Reminders about calls that you follow come anyway."),
    )
    return Screen(text, (*one_each(buttons), turn.leave(Settings())))


async def set_topic_on(turn: Turn, press: SetTopicOn) -> Screen:
    """Switch a topic; off is effective at once."""
    t, topic = turn.t, _topic(press.topic)
    if press.on:
        await opt_outs.come_back(turn.c, turn.person.id, topic)
        said = t.label("alert", "You will get these messages again.")
    else:
        await opt_outs.leave(turn.c, turn.person.id, topic, turn.now)
        said = t.label("alert", "No more messages of this kind.")
    return (await topics(turn)).saying(said)


async def stop_topic(turn: Turn, press: StopTopic) -> Screen:
    """Leave a topic from an announcement, which stays as it is; one more press undoes it."""
    t, topic = turn.t, _topic(press.topic)
    new = await opt_outs.leave(turn.c, turn.person.id, topic, turn.now)
    label = topic_labels(t)[topic]
    told = (
        t("Done: you get no more messages about “{topic}”.", topic=label)
        if new
        else t("You had switched off messages about “{topic}” already.", topic=label)
    )
    buttons = [
        Go(t.label("button", "Undo"), SetTopicOn(topic.value, on=True)),
        Go(t.label("button", "All topics"), Topics()),
    ]
    screen = Screen(told, (*one_each(buttons), turn.leave()), fresh=True)
    return screen.saying(t.label("alert", "No more messages of this kind."))


async def follow_announced(turn: Turn, press: FollowAnnounced) -> Screen:
    """Follow a call from an announcement; its card comes as a message of its own."""
    try:
        screen = await set_follow(turn, SetFollow(press.call, on=True))
    except StaleButton:
        gone = turn.t.label("alert", "This call is no longer there.")
        screen = (await home(turn)).saying(gone)
    return replace(screen, fresh=True)


async def check_announced(turn: Turn, press: CheckAnnounced) -> Screen:
    """Begin the check of an action from an announcement, in a message of its own."""
    if press.action not in turn.library.action_by_short:
        raise StaleButton(press.action)
    return replace(await eligibility.check(turn, Check(press.action)), fresh=True)


def _topic(value: str) -> Topic:
    try:
        return Topic(value)
    except ValueError as error:
        raise StaleButton(value) from error
