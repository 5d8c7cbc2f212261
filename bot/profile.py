"""Profile: what Telegram shows of the assistant before anybody has written to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import structlog
from telegram.error import TelegramError

from bot.transport import Line
from erasmus.words import Language

DEFAULT: Final = Language.EN
"""What readers of any other language see."""

log = structlog.get_logger(__name__)

Commands = Callable[[Language, Collection[str]], list[tuple[str, str]]]
"""Gives the commands of everybody, and some of those of staff, with their descriptions."""

Introduction = Callable[[Language], tuple[str, str, str]]
"""Gives name (64 signs), short description (120) and description (512) in a language."""


class Profile:
    """Keeps commands, name and descriptions up to date, in every language."""

    def __init__(self, line: Line, commands: Commands, introduction: Introduction) -> None:
        """Change nothing yet."""
        self._line, self._commands, self._introduction = line, commands, introduction

    async def publish(self) -> None:
        """Set what differs from what Telegram has. A refusal is logged and costs nothing else."""
        for code, language in {"": DEFAULT, **{str(each): each for each in Language}}.items():
            await self._publish_in(code, language)

    async def set_menu(self, chat_id: int, body: Mapping[str, Any]) -> None:
        """Show one chat its commands in the language that was chosen there.

        Best effort: the answers of the chat must not wait until Telegram takes it.
        """
        try:
            await self._line.call(
                "setMyCommands",
                commands=self._menu(Language(body["language"]), body.get("staff", ())),
                scope={"type": "chat", "chat_id": chat_id},
            )
        except TelegramError as error:
            log.warning("menu of a chat not set", chat=chat_id, problem=str(error))

    async def _publish_in(self, code: str, language: Language) -> None:
        name, short, description = self._introduction(language)
        menu = self._menu(language)
        await self._set("MyCommands", menu, code, commands=menu)
        await self._set("MyName", {"name": name}, code, name=name)
        texts = {"short_description": short}
        await self._set("MyShortDescription", texts, code, **texts)
        texts = {"description": description}
        await self._set("MyDescription", texts, code, **texts)

    async def _set(self, what: str, wanted: object, code: str, **parameters: object) -> None:
        """Ask first: Telegram lets a bot change its name and texts only a few times a day."""
        try:
            if await self._line.call(f"get{what}", language_code=code) == wanted:
                return
        except TelegramError as error:
            log.info("profile cannot be read", what=what, problem=str(error))
        try:
            await self._line.call(f"set{what}", language_code=code, **parameters)
        except TelegramError as error:
            log.warning("profile not set", what=what, language=code, problem=str(error))

    def _menu(self, language: Language, staff: Collection[str] = ()) -> list[dict[str, str]]:
        return [
            {"command": command, "description": description}
            for command, description in self._commands(language, staff)
        ]
