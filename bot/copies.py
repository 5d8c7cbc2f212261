"""Copies: the message that each row of an announcement or a correction becomes.

The text is kept once, not in every row. What is made of it for one language is kept in memory, by
the version that the row names: a copy costs no look into the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from bot.clock import Clock
from erasmus.announcement_contents import ContentKind, in_language
from erasmus.announcements import RECALLABLE, Announcement, CorrectionKind
from erasmus.library import Library
from erasmus.offices import Office
from erasmus.words import Language
from handlers.announced import announced, withdrawn
from storage import Connection, Database, announcements, corrections, offices
from storage.deliveries import Delivery

COPIES: Final = frozenset({"announcement", "correction"})
"""Kinds of rows that are made of a common text when they leave."""

KEPT: Final = 64
"""Messages in memory: many announcements at once, in four languages."""

MARGIN: Final = timedelta(minutes=5)
"""So long before Telegram would refuse to delete a message it is written over instead."""

Body: TypeAlias = Mapping[str, Any]
Which: TypeAlias = tuple[int, int, Language]
"""An announcement, its correction (0 for none), and a language."""


@dataclass(frozen=True, slots=True)
class Made:
    """A message that was made of the texts of a version; `recalls`: to take a copy back."""

    version: int
    body: Body
    recalls: bool = False


class Gone(Exception):
    """A copy is to be sent whose announcement is not there."""


class Copies:
    """Makes the bodies of copies."""

    def __init__(self, db: Database, library: Library, clock: Clock) -> None:
        """Make nothing yet."""
        self._db, self._library, self._clock = db, library, clock
        self._made: dict[Which, Made] = {}
        self._making = asyncio.Lock()

    async def body(self, row: Delivery) -> Body:
        """Return what a row becomes; raises Gone for what belongs to nothing."""
        told = row.body
        which = told["announcement"], told.get("correction", 0), Language(told["language"])
        made = self._fresh(which, row)
        if made is None:
            async with self._making:  # the others find it made
                made = self._fresh(which, row) or await self._make(which)
        body = {**made.body, "paid": True} if told.get("paid") else made.body
        if "copy" in told:
            erase = made.recalls and self._may_delete(told["arrived"])
            return {**body, "copy": told["copy"], "erase": erase}
        return body

    def _fresh(self, which: Which, row: Delivery) -> Made | None:
        made = self._made.get(which)
        return made if made is not None and made.version >= (row.revision or 0) else None

    def _may_delete(self, arrived: str) -> bool:
        return self._clock.now() < datetime.fromisoformat(arrived) + RECALLABLE - MARGIN

    async def _make(self, which: Which) -> Made:
        async with self._db.read() as c:
            made = await self._message(c, which)
        self._made.pop(which, None)
        while len(self._made) >= KEPT:
            del self._made[next(iter(self._made))]
        self._made[which] = made
        return made

    async def _message(self, c: Connection, which: Which) -> Made:
        number, correction_id, language = which
        announcement = await announcements.get(c, number)
        if announcement is None:
            raise Gone(f"announcement {number}")
        office = await offices.get(c, announcement.office_id)
        if office is None:
            raise Gone(f"office {announcement.office_id}")
        correction = await corrections.get(c, correction_id) if correction_id else None
        if correction is not None and correction.kind is CorrectionKind.RECALL:
            found = in_language(correction.was, language)
            covers = found is not None and found[1].kind is not ContentKind.TEXT
            body = withdrawn(language, office).body() | {"covers": covers}
            return Made(announcement.version, body, recalls=True)
        corrected_at = (
            await corrections.corrected_at(c, correction, language)
            if correction is not None
            else None
        )
        return await self._text(c, announcement, office, language, corrected_at)

    async def _text(
        self,
        c: Connection,
        announcement: Announcement,
        office: Office,
        language: Language,
        corrected_at: datetime | None,
    ) -> Made:
        texts = await announcements.texts(c, announcement.id)
        screen = announced(
            language, office, announcement, texts, self._library, corrected_at=corrected_at
        )
        return Made(announcement.version, screen.body())
