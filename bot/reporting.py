"""Reporting: the one message that shows its office how far an announcement is, kept true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.clock import Clock
from erasmus.announcements import Announcement, Stage
from erasmus.offices import Office
from erasmus.words import Language
from handlers.screens import Screen
from handlers.staff.announcing.live import braked, live_screen
from locales import Texts, texts_for
from storage import Connection, Database, announcements, deliveries, offices, people
from storage.copies import Progress
from storage.deliveries import Draft, Lane, State

EVERY: Final = timedelta(seconds=3)
"""Numbers alone change the message no more often; another stage does at once."""

AFTERWARDS: Final = timedelta(minutes=3)
"""For so long after its end the last numbers are told, whichever process does it.

A message that a process held when it died leaves a minute later, with the numbers of then.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was told last, when, and by which row."""

    stage: Stage
    counts: Mapping[State, int]
    at: datetime
    key: str | None


class _Told(NamedTuple):
    """The row that shows an announcement, and whether it says the present numbers."""

    key: str | None
    put: bool = True


class Reporter:
    """Tells how far announcements are. What it remembers only saves it from saying it twice."""

    def __init__(self, db: Database, clock: Clock) -> None:
        """Say nothing yet; `tick` does one look."""
        self._db, self._clock = db, clock
        self._shown: dict[int, Shown] = {}

    async def tick(self) -> bool:
        """Bring the messages of what is under way, or has just ended, up to date."""
        now = self._clock.now()
        async with self._db.read() as c:
            watched = await announcements.watched(c, now - AFTERWARDS)
            standing = [(one, await announcements.progress(c, one.id)) for one in watched]
        self._shown = {one.id: self._shown[one.id] for one in watched if one.id in self._shown}
        news = [found for found in standing if self._is_news(*found, now)]
        for one, progress in news:
            last = self._shown.get(one.id)
            async with self._db.write() as c:
                told = await _tell(c, one, progress, now, last.key if last else None)
            # What could not be put yet is tried again: no numbers were told.
            counts = progress.by_state if told.put else {}
            self._shown[one.id] = Shown(one.stage, counts, now, told.key)
        return bool(news)

    def _is_news(self, one: Announcement, progress: Progress, now: datetime) -> bool:
        last = self._shown.get(one.id)
        if last is None or last.stage is not one.stage:
            return True
        return last.counts != progress.by_state and now - last.at >= EVERY


async def _tell(
    c: Connection, one: Announcement, progress: Progress, now: datetime, last: str | None
) -> _Told:
    """Put the message, or an edit of what the last row became.

    While the message is on its way, perhaps in the hands of a process that died, nothing is put.
    """
    office = await offices.get(c, one.office_id)
    if office is None or one.live_chat_id is None:
        return _Told(None)
    if one.stage is Stage.BRAKED:
        await _tell_braked(c, one, office, progress, now)
    person = await people.find(c, one.live_chat_id)
    if person is not None and person.unreachable_since is not None:
        return _Told(last)  # edits would pile up until they return
    name = f"live:{one.batch}"
    # Whoever deletes the message gets another, which is edited from then on.
    known = last and await deliveries.message_of(c, last)
    message_id = known or one.live_message_id or await deliveries.message_of(c, name)
    key = name if message_id is None else f"{name}:{now.timestamp():.0f}"
    screen = live_screen(await _texts(c, one.live_chat_id), office, one, progress, now)
    put = await _put(c, key, one.live_chat_id, screen, now, edit=message_id)
    return _Told(key, put)


async def _tell_braked(
    c: Connection, one: Announcement, office: Office, progress: Progress, now: datetime
) -> None:
    """Send everybody who stands for it a message of its own, once for each time it stops."""
    for person_id in sorted(_concerned(one)):
        screen = braked(await _texts(c, person_id), office, one, progress, now)
        await _put(c, f"braked:{one.batch}:{one.moved_at}:{person_id}", person_id, screen, now)


def _concerned(one: Announcement) -> set[int]:
    told = (one.live_chat_id, one.author_id, one.confirmed_by, one.second_by)
    return {person_id for person_id in told if person_id is not None}


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
