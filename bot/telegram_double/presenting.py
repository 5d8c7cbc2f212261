"""Methods by which the bot presents itself: commands, menu button, name and descriptions."""

from typing import Any, Final

from bot.telegram_double.arguments import Arguments
from bot.telegram_double.methods import Method, method
from bot.telegram_double.profile import read_commands, read_scope
from bot.telegram_double.refusals import bad_request
from bot.telegram_double.world import World

TEXTS: Final = {
    "name": "Name",
    "description": "Description",
    "short_description": "ShortDescription",
}
MENU_BUTTONS: Final = ("default", "commands", "web_app")


def set_commands(world: World, call: Arguments) -> bool:
    """Carry out setMyCommands."""
    commands = read_commands(call.json("commands", "can't parse commands JSON object"))
    world.profile.set_commands(_scope(world, call), call.text("language_code"), commands)
    return True


def get_commands(world: World, call: Arguments) -> list[dict[str, str]]:
    """Carry out getMyCommands."""
    found = world.profile.commands(_scope(world, call), call.text("language_code"))
    return [dict(command) for command in found]


def delete_commands(world: World, call: Arguments) -> bool:
    """Carry out deleteMyCommands."""
    world.profile.set_commands(_scope(world, call), call.text("language_code"), [])
    return True


def _scope(world: World, call: Arguments) -> str:
    scope = read_scope(call.json("scope", "can't parse BotCommandScope JSON object"))
    if ":" in scope:
        world.chat(int(scope.split(":")[1]))
    return scope


def set_menu_button(world: World, call: Arguments) -> bool:
    """Carry out setChatMenuButton."""
    button = call.json("menu_button", "can't parse menu button JSON object") or {"type": "default"}
    if button.get("type") not in MENU_BUTTONS:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    chat_id = call.chat_id() if "chat_id" in call.given else 0
    world.profile.menu_buttons[world.chat(chat_id).id if chat_id else 0] = button
    return True


def get_menu_button(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out getChatMenuButton."""
    buttons = world.profile.menu_buttons
    return dict(buttons.get(call.number("chat_id"), buttons.get(0, {"type": "commands"})))


def _texts() -> dict[str, Method]:
    """Return get and set of name, description and short description."""
    methods: dict[str, Method] = {}
    for kind, name in TEXTS.items():

        def get(world: World, call: Arguments, kind: str = kind) -> dict[str, str]:
            return {kind: world.profile.text(kind, call.text("language_code"))}

        def put(world: World, call: Arguments, kind: str = kind) -> bool:
            world.profile.set_text(kind, call.text("language_code"), call.text(kind))
            return True

        methods[f"getMy{name}"] = method(get, "language_code")
        methods[f"setMy{name}"] = method(put, kind, "language_code")
    return methods


METHODS: Final[dict[str, Method]] = {
    "setMyCommands": method(set_commands, "commands", "scope", "language_code"),
    "getMyCommands": method(get_commands, "scope", "language_code"),
    "deleteMyCommands": method(delete_commands, "scope", "language_code"),
    "setChatMenuButton": method(set_menu_button, "chat_id", "menu_button"),
    "getChatMenuButton": method(get_menu_button, "chat_id"),
    **_texts(),
}
