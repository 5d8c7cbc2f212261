"""A driver for chats: what a person does, and what they see then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Message, Person, TelegramDouble
from erasmus.words import Language
from handlers.codec import Press
from handlers.presses import SetLanguage, SetRole, SetUniversity
from handlers.routes import unpack
from storage import people
from storage.people import Person as StoredPerson


class NotOnScreen(AssertionError):
    """A test presses only what the person can see."""


@dataclass
class Chat:
    """One person's phone. Presses are language-free, so that a journey runs in all four."""

    assistant: Assistant
    person: Person
    double: TelegramDouble
    clock: MovableClock
    settled: Callable[[], Awaitable[None]]

    async def send(self, text: str) -> None:
        """Type a text and wait for the answer."""
        self.person.send_text(text)
        await self.settled()

    async def start(self, payload: str | None = None) -> None:
        """Press Telegram's own Start button, or open a link."""
        self.person.start(payload)
        await self.settled()

    async def press(self, press: Press) -> None:
        """Press a button of the newest message."""
        if press not in self.presses:
            message = f"{press} is not among {self.presses}"
            raise NotOnScreen(message)
        self.person.press_data(self.message.id, press.pack())
        await self.settled()

    async def press_old(self, message_id: int, data: str) -> None:
        """Press a button that is long gone, or forged."""
        self.person.press_data(message_id, data)
        await self.settled()

    async def settle_in(self, language: Language = Language.EN, role: str = "student") -> None:
        """Start, choose a language and say who one is."""
        await self.start()
        await self.press(SetLanguage(str(language)))
        await self.press(SetRole(role))
        await self.press(SetUniversity(""))

    async def wait(self, **time: float) -> None:
        """Let time pass, as in `timedelta`, and what is due arrive."""
        self.clock.move_to(self.clock.now() + timedelta(**time))
        await self.assistant.catch_up()

    @property
    def message(self) -> Message:
        """The newest message of the assistant."""
        return self.person.last

    @property
    def text(self) -> str:
        """What the newest message says."""
        return self.message.text or ""

    @property
    def presses(self) -> list[Press]:
        """What can be pressed under the newest message."""
        return [
            unpack(str(button.value))
            for button in self.message.buttons
            if button.kind == "callback_data"
        ]

    @property
    def toast(self) -> str:
        """What flashed up last."""
        return self.person.toasts[-1].text if self.person.toasts else ""

    async def stored(self) -> StoredPerson:
        """What the ledger knows about the person."""
        async with self.assistant.db.read() as c:
            found = await people.find(c, self.person.id)
        assert found is not None
        return found

    async def facts(self) -> dict[str, object]:
        """The facts that the person told."""
        return dict((await self.stored()).facts)
