"""Reporting: the messages that show how far something is that goes to many, kept true.

Announcements, corrections and recalls are told in one way. A message that shows one is only ever
edited, under a number that the ledger keeps: whichever process dies, no other message stays behind
with numbers that are true no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from erasmus.announcements import Announcement, Correction, Stage
from erasmus.offices import Office
from erasmus.words import Language
from handlers.screens import Screen
from handlers.staff.announcing.correction_progress import live_correction
from handlers.staff.announcing.live import begun, braked, live_screen
from locales import Texts, texts_for
from storage import (
    Connection,
    Database,
    announcements,
    corrections,
    deliveries,
    live_messages,
    members,
    offices,
    people,
)
from storage.copies import Progress
from storage.corrections import Reach
from storage.deliveries import Draft, Lane, State
from storage.live_messages import LiveMessage

EVERY: Final = timedelta(seconds=3)
"""Numbers alone change the messages no more often; another stage does at once."""

AFTERWARDS: Final = timedelta(minutes=3)
"""For so long after its end the last numbers are told, whichever process does it.

An edit that a process held when it died leaves a minute later, with the numbers of then.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What goes to many, with the announcement that it is or belongs to, and how far it is."""

    announcement: Announcement
    progress: Progress
    correction: Correction | None = None
    reach: Reach | None = None

    @property
    def what(self) -> Announcement | Correction:
        """That which goes to many."""
        return self.correction or self.announcement

    def screen(self, t: Texts, office: Office, now: datetime) -> Screen:
        """Return what its live messages show."""
        if self.correction is not None and self.reach is not None:
            return live_correction(t, office, self.correction, self.reach)
        return live_screen(t, office, self.announcement, self.progress, now)

    @property
    def concerned(self) -> set[int]:
        """Everybody who stands for it."""
        one = self.announcement
        told = {one.author_id, one.confirmed_by, one.second_by}
        if self.correction is not None:
            told.add(self.correction.person_id)
        return {person_id for person_id in told if person_id is not None}


@dataclass(frozen=True, slots=True)
class Shown:
    """What was told last, and when."""

    stage: Stage
    counts: Mapping[State, int]
    at: datetime


class Reporter:
    """Tells how far things are. What it remembers only saves it from saying it twice."""

    def __init__(self, db: Database, clock: Clock) -> None:
        """Say nothing yet; `tick` does one look."""
        self._db, self._clock = db, clock
        self._shown: dict[str, Shown] = {}

    async def tick(self) -> bool:
        """Bring the messages of what is under way, or has just ended, up to date."""
        now = self._clock.now()
        async with self._db.read() as c:
            watched = await _watched(c, now - AFTERWARDS)
        batches = {one.what.batch for one in watched}
        self._shown = {batch: seen for batch, seen in self._shown.items() if batch in batches}
        news = [one for one in watched if self._is_news(one, now)]
        for one in news:
            async with self._db.write() as c:
                told = await _tell(c, one, now)
            # What could not be put yet is tried again: no numbers were told.
            counts = one.progress.by_state if told else {}
            self._shown[one.what.batch] = Shown(one.what.stage, counts, now)
        return bool(news)

    def _is_news(self, one: Standing, now: datetime) -> bool:
        last = self._shown.get(one.what.batch)
        if last is None or last.stage is not one.what.stage:
            return True
        return last.counts != one.progress.by_state and now - last.at >= EVERY


async def _watched(c: Connection, since: datetime) -> list[Standing]:
    found = [
        Standing(one, await announcements.progress(c, one.id))
        for one in await announcements.watched(c, since)
    ]
    for correction in await corrections.watched(c, since):
        of = await announcements.get(c, correction.announcement_id)
        if of is not None:
            reach = await corrections.reach(c, correction)
            found.append(Standing(of, reach.done, correction, reach))
    return found


async def _tell(c: Connection, one: Standing, now: datetime) -> bool:
    """Bring every message that shows it up to date; False where one has to wait."""
    office = await offices.get(c, one.announcement.office_id)
    shown = await live_messages.of(c, one.what.batch)
    if office is None or not shown:
        return True
    if one.what.stage is Stage.BRAKED:
        concerned = one.concerned | {live.chat_id for live in shown}
        await _tell_braked(c, one, office, concerned, now)
    return all([await _show(c, live, one, office, now) for live in shown])


async def _show(
    c: Connection, live: LiveMessage, one: Standing, office: Office, now: datetime
) -> bool:
    """Put an edit, or a message to be edited later; False while an earlier one is on its way.

    Nothing is put for people who cannot be reached, or are members no more.
    """
    person = await people.find(c, live.chat_id)
    role = await members.role_of(c, office.id, live.chat_id)
    if person is None or person.unreachable_since is not None or role is None:
        return True
    if live.shown_by is not None:
        fate = await deliveries.fate_of(c, live.shown_by)
        if not fate.over:
            return False
        # Whoever deletes the message gets another, which is edited from then on.
        live = replace(live, message_id=fate.message_id or live.message_id)
    t = texts_for(person.language)
    first = live.message_id is None
    screen = begun(t, office, one.announcement.id) if first else one.screen(t, office, now)
    key = f"live:{live.batch}:{live.chat_id}:{one.what.stage.value}:{now.timestamp():.0f}"
    put = await _put(c, key, live.chat_id, screen, now, edit=live.message_id)
    if put:
        await live_messages.note(c, replace(live, shown_by=key))
    return put and not first


async def _tell_braked(
    c: Connection, one: Standing, office: Office, concerned: set[int], now: datetime
) -> None:
    """Send everybody concerned a message of its own, once for each time it stops."""
    seen = sum(one.what.judged.values())
    for person_id in sorted(concerned):
        t = await _texts(c, person_id)
        screen = braked(t, one.screen(t, office, now))
        await _put(c, f"braked:{one.what.batch}:{seen}:{person_id}", person_id, screen, now)


async def _texts(c: Connection, person_id: int) -> Texts:
    person = await people.find(c, person_id)
    return texts_for(person.language) if person is not None else texts_for(Language.RU)


async def _put(  # noqa: PLR0913 - a message, and which one it takes the place of
    c: Connection,
    key: str,
    chat_id: int,
    screen: Screen,
    now: datetime,
    *,
    edit: int | None = None,
) -> bool:
    draft = Draft(
        key=key,
        lane=Lane.STAFF,
        chat_id=chat_id,
        kind="screen",
        body=screen.body(edit),
        due_at=now,
    )
    return await deliveries.put(c, draft, now) is not None
