"""A phone whose assistant ends after every answer and begins anew for the next press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Person, TelegramDouble
from handlers.codec import Press
from tests.chats import Chat


class Restarting:
    """A chat whose assistant ends after every answer and begins anew for the next press."""

    def __init__(
        self,
        make: Callable[[], Assistant],
        person: Person,
        double: TelegramDouble,
        clock: MovableClock,
    ) -> None:
        self.make, self.person, self.double, self.clock = make, person, double, clock

    async def after(self, act: Callable[[Chat], object]) -> Chat:
        """Do something while nobody listens; then start, answer, stop."""
        assistant = self.make()

        async def settled() -> None:
            await self.double.listening()
            await assistant.quiet()

        chat = Chat(assistant, self.person, self.double, self.clock, settled)
        act(chat)
        await assistant.start()
        try:
            await settled()
        finally:
            await assistant.stop()
        return chat

    async def press(self, press: Press) -> Chat:
        """Press a button of the newest message."""

        def act(chat: Chat) -> None:
            assert press in chat.presses, (press, chat.presses)
            self.person.press_data(chat.message.id, press.pack())

        return await self.after(act)

    async def send(self, text: str) -> Chat:
        """Type a text."""
        return await self.after(lambda _chat: self.person.send_text(text))

    async def wait(self, **time: float) -> None:
        """Let time pass, and what is due arrive, in a process that was not there before."""
        assistant = self.make()
        await assistant.start()
        try:
            self.clock.move_to(self.clock.now() + timedelta(**time))
            await assistant.catch_up()
        finally:
            await assistant.stop()
