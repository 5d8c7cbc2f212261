"""A turn: who acts, in which words, on what day; everything a handler may use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from erasmus.cases import Case
from erasmus.facts import Value
from erasmus.freshness import still_true
from erasmus.library import Library
from erasmus.limits import DEFAULT_LIMITS, Limits
from erasmus.words import Language
from handlers.codec import Press
from handlers.presses import Home
from handlers.screens import Go
from locales import Texts, texts_for
from storage import Connection, people
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's turn inside one transaction. `now` is aware UTC.

    `first_name` is theirs in Telegram, kept of members of an office alone; `bot` is the
    assistant's username, for links. `pressed` is the message whose button was pressed.
    """

    person: Person
    c: Connection
    library: Library
    now: datetime
    limits: Limits = DEFAULT_LIMITS
    first_name: str = ""
    bot: str = ""
    pressed: int | None = None

    @property
    def t(self) -> Texts:
        """The interface in the person's language."""
        return texts_for(self.person.language)

    @property
    def today(self) -> date:
        """The calendar day where the person is."""
        return self.now.astimezone(ZoneInfo(self.person.zone)).date()

    @property
    def case(self) -> Case:
        """The person's facts, today."""
        return self.library.case(self.person.facts, self.today)

    @property
    def role(self) -> str | None:
        """Who the person is, when they have told."""
        role = self.person.facts.get("role")
        return role if isinstance(role, str) else None

    def link(self, payload: str) -> str:
        """Return a link that opens the assistant at something."""
        return f"https://t.me/{self.bot}?start={payload}"

    def in_(self, language: Language) -> Turn:
        """Return the turn as a reader of another language would have it."""
        return replace(self, person=replace(self.person, language=language))

    async def learn(self, facts: dict[str, Value]) -> Turn:
        """Keep the facts (all of them, whole) and return the turn that knows them."""
        before, days = self.person.facts, self.person.told_on or {}
        today = self.today.isoformat()
        told_on = {
            name: days.get(name, today) if before.get(name) == value else today
            for name, value in facts.items()
        }
        await people.learn(self.c, self.person.id, facts, told_on)
        return replace(self, person=replace(self.person, facts=facts, told_on=told_on))

    def of_today(self) -> Turn:
        """Return the turn without what the person told too long ago: it is asked for again."""
        told, days = self.person.facts, self.person.told_on or {}
        facts = still_true(self.library.facts, told, days, self.today)
        return replace(self, person=replace(self.person, facts=facts))

    async def again(self) -> Turn:
        """Return the turn with the person as the ledger knows them now."""
        person = await people.find(self.c, self.person.id)
        return self if person is None else replace(self, person=person).of_today()

    async def asking(self, question: str | None) -> None:
        """Remember which question a typed answer would belong to."""
        if self.person.asking != question:
            await people.set_asking(self.c, self.person.id, question)

    def leave(self, back: Press | None = None) -> tuple[Go, ...]:
        """Return the last row of every screen: Back, where there is a way back, and Home."""
        home = Go(self.t.label("button2", "Home"), Home())
        if back is None:
            return (home,)
        return (Go(self.t.label("button2", "Back"), back), home)
