"""How the bot presents itself: commands, names and descriptions, per scope and language."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.telegram_double.refusals import bad_request

MOST_COMMANDS: Final = 100
NAME: Final = re.compile(r"[a-z0-9_]{1,32}")
LONGEST: Final = {"name": 64, "description": 512, "short_description": 120}
LONGEST_COMMAND_DESCRIPTION: Final = 256
SCOPES: Final = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
)

Command = Mapping[str, str]


class Profile:
    """Texts and commands as the bot has set them."""

    def __init__(self, name: str) -> None:
        self._texts: dict[tuple[str, str], str] = {("name", ""): name}
        self._commands: dict[tuple[str, str], list[Command]] = {}
        self.menu_buttons: dict[int, Mapping[str, Any]] = {}

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Set a name or description for a language ("" for all others)."""
        if len(text) > LONGEST[kind]:
            raise bad_request(f"the {kind} is longer than {LONGEST[kind]} characters")
        self._texts[kind, checked_language(language)] = text

    def text(self, kind: str, language: str) -> str:
        """Return the name or description for a language, or the common one."""
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")

    def set_commands(self, scope: str, language: str, commands: list[Command]) -> None:
        """Set the commands of a scope; an empty list takes them away."""
        key = (scope, checked_language(language))
        self._commands.pop(key, None)
        if commands:
            self._commands[key] = commands

    def commands(self, scope: str, language: str) -> list[Command]:
        """Return exactly what was set for scope and language."""
        return self._commands.get((scope, checked_language(language)), [])

    def menu(self, chat_id: int, person_id: int, language: str, *, admin: bool) -> list[Command]:
        """Return the commands a person sees in a chat: the narrowest scope that has any."""
        for scope in _scopes(chat_id, person_id, admin=admin):
            for key in ((scope, language[:2]), (scope, "")):
                if found := self._commands.get(key):
                    return found
        return []


def _scopes(chat_id: int, person_id: int, *, admin: bool) -> Iterator[str]:
    if chat_id > 0:
        yield from (f"chat:{chat_id}", "all_private_chats", "default")
        return
    yield f"chat_member:{chat_id}:{person_id}"
    if admin:
        yield f"chat_administrators:{chat_id}"
    yield f"chat:{chat_id}"
    if admin:
        yield "all_chat_administrators"
    yield from ("all_group_chats", "default")


def checked_language(code: str) -> str:
    """Return a two-letter code or nothing; raises Refused for anything else."""
    if re.fullmatch(r"(?:[a-z]{2})?", code) is None:
        raise bad_request("invalid language code specified")
    return code


def read_scope(value: object) -> str:
    """Return the scope as one word, with its chat and member."""
    if value is None:
        return "default"
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not str(kind).startswith("chat"):
        return str(kind)
    if not value.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    if kind != "chat_member":
        return f"{kind}:{value['chat_id']}"
    if not value.get("user_id"):
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return f"{kind}:{value['chat_id']}:{value['user_id']}"


def read_commands(value: object) -> list[Command]:
    """Return checked commands; raises Refused for the first that Telegram would not take."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(item) for item in value]


def _command(item: object) -> Command:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(item.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command, description = item["command"].removeprefix("/"), item["description"].strip()
    if NAME.fullmatch(command) is None:
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}
