"""A newsroom: an office whose announcements tests write, confirm, stop, correct and count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcements import Announcement, By, Correction
from erasmus.audiences import Audience
from erasmus.limits import Limits
from erasmus.offices import Role
from erasmus.words import Language, Words
from storage import Database, announcements, corrections, live_messages, members, people
from storage.copies import Progress
from storage.models import offices

EDITOR, OTHER_EDITOR = 700000801, 700000802
OFFICE = {
    "id": "kg",
    "country": "KG",
    "name": Words(dict.fromkeys(Language, "Erasmus+ office")),
    "zone": "Asia/Bishkek",
}
TEXTS = {Language.EN: "Info day in Osh", Language.RU: "День информации в Оше"}


@dataclass
class Newsroom:
    """Writes to the ledger as the desk's screens do."""

    db: Database
    now: Callable[[], datetime]
    limits: Limits = field(default_factory=lambda: Limits(two_people_from=10**9))

    @property
    def by(self) -> By:
        """The editor, now."""
        return By(EDITOR, self.now())

    async def open(self) -> None:
        """Open the office."""
        async with self.db.write() as c:
            await c.execute(offices.insert(), OFFICE | {"created_at": self.now()})
            for person_id in (EDITOR, OTHER_EDITOR):  # without a language they get no copies
                await people.greet(c, person_id, Language.RU, "Asia/Bishkek", self.now())
                await members.put(c, "kg", person_id, Role.PUBLISHER, self.now(), name="Editor")

    async def readers(
        self, ids: Iterable[int], language: Language = Language.EN, zone: str = "Asia/Bishkek"
    ) -> None:
        """Let people be known who have chosen a language."""
        async with self.db.write() as c:
            for person_id in ids:
                await people.greet(c, person_id, language, zone, self.now())
                await people.set_language(c, person_id, language)

    async def write(
        self,
        texts: Mapping[Language, str | Content] = TEXTS,
        audience: Audience | None = None,
        **given: Any,  # noqa: ANN401 - columns of the announcement
    ) -> Announcement:
        """Write a draft."""
        async with self.db.write() as c:
            draft = await announcements.create(c, "kg", EDITOR, audience or Audience(), self.now())
            for language, said in texts.items():
                content = Content(ContentKind.TEXT, said) if isinstance(said, str) else said
                await announcements.set_text(c, draft.id, language, content, self.by)
            await announcements.note(c, draft.id, **given) if given else None
        return await self.get(draft.id)

    async def confirm(self, draft: Announcement) -> Announcement:
        """Confirm what was written."""
        async with self.db.write() as c:
            told = await announcements.confirm(c, draft.id, draft.version, self.limits, self.by)
        assert told is not None
        return told.announcement

    async def announce(self, *args: Any, **given: Any) -> Announcement:  # noqa: ANN401 - as write
        """Write and confirm an announcement."""
        return await self.confirm(await self.write(*args, **given))

    async def watch(self, one: Announcement | Correction, person_id: int) -> None:
        """Let a publisher see how far it is, in a message of its own."""
        async with self.db.write() as c:
            await members.put(c, "kg", person_id, Role.PUBLISHER, self.now(), name="Editor")
            await live_messages.show(c, one.batch, person_id, None, self.now())

    async def get(self, announcement_id: int) -> Announcement:
        """Return an announcement that is there."""
        async with self.db.read() as c:
            found = await announcements.get(c, announcement_id)
        assert found is not None
        return found

    async def pause(self, one: Announcement) -> None:
        """Pause, as a press does."""
        async with self.db.write() as c:
            assert await announcements.pause(c, one.id, self.by)

    async def resume(self, one: Announcement) -> None:
        """Go on, as a press does."""
        async with self.db.write() as c:
            assert await announcements.resume(c, one.id, self.by)

    async def stop(self, one: Announcement) -> None:
        """Stop, as a press does."""
        async with self.db.write() as c:
            assert await announcements.stop(c, one.id, self.by)

    async def correct(self, one: Announcement, texts: Mapping[Language, str]) -> Correction:
        """Correct what was sent."""
        contents = {language: Content(ContentKind.TEXT, said) for language, said in texts.items()}
        async with self.db.write() as c:
            begun = await corrections.correct(c, one.id, contents, self.by)
        assert begun is not None
        return begun

    async def recall(self, one: Announcement) -> Correction:
        """Take back what was sent."""
        async with self.db.write() as c:
            begun = await corrections.recall(c, one.id, self.by)
        assert begun is not None
        return begun

    async def correction(self, correction_id: int) -> Correction:
        """Return a correction that is there."""
        async with self.db.read() as c:
            found = await corrections.get(c, correction_id)
        assert found is not None
        return found

    async def progress(self, one: Announcement | Correction) -> Progress:
        """Return how many copies, or edits, stand where."""
        async with self.db.read() as c:
            if isinstance(one, Announcement):
                return await announcements.progress(c, one.id)
            return await corrections.progress(c, one.id)
