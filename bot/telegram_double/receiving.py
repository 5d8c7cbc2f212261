"""Methods by which the bot learns who it is and receives its updates."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from bot.telegram_double.arguments import Arguments
from bot.telegram_double.methods import Method, method
from bot.telegram_double.refusals import bad_request
from bot.telegram_double.updates import Webhook
from bot.telegram_double.world import World

LONGEST_SECRET: Final = 256
CONNECTIONS: Final = 40
THIS_MACHINE: Final = ("127.0.0.1", "localhost", "::1")


def get_me(world: World, _call: Arguments) -> dict[str, Any]:
    """Carry out getMe."""
    able = {"can_join_groups": True, "can_read_all_group_messages": False}
    return world.bot_user() | able | {"supports_inline_queries": False}


def get_updates(world: World, call: Arguments) -> list[dict[str, Any]]:
    """Carry out getUpdates, without waiting."""
    _allow(world, call)
    return world.updates.fetch(call.number("offset"), call.number("limit", 100), world.now())


def _allow(world: World, call: Arguments) -> None:
    kinds = call.json("allowed_updates", "can't parse allowed_updates JSON object")
    if kinds is not None:
        world.updates.allow(kinds)


def set_webhook(world: World, call: Arguments) -> bool:
    """Carry out setWebhook; besides https, http to this machine is taken."""
    url, secret = call.text("url"), call.text("secret_token")
    if url:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in THIS_MACHINE:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if len(secret) > LONGEST_SECRET:
            raise bad_request("secret token is too long")
        if re.fullmatch(r"[A-Za-z0-9_-]*", secret) is None:
            raise bad_request("secret token contains unallowed characters")
    _allow(world, call)
    world.updates.set_webhook(Webhook(url, secret, call.number("max_connections", CONNECTIONS)))
    return _dropped(world, call)


def delete_webhook(world: World, call: Arguments) -> bool:
    """Carry out deleteWebhook."""
    world.updates.set_webhook(Webhook())
    return _dropped(world, call)


def _dropped(world: World, call: Arguments) -> bool:
    if call.flag("drop_pending_updates"):
        world.updates.waiting.clear()
    return True


def get_webhook_info(world: World, _call: Arguments) -> dict[str, Any]:
    """Carry out getWebhookInfo."""
    hook, waiting = world.updates.webhook, world.updates.waiting
    shown: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(waiting),
        "max_connections": hook.connections,
    }
    if hook.error_at is not None:
        shown |= {"last_error_date": int(hook.error_at.timestamp())}
        shown |= {"last_error_message": hook.error}
    return shown


METHODS: Final[dict[str, Method]] = {
    "getMe": method(get_me),
    "getUpdates": method(get_updates, "offset", "limit", "timeout", "allowed_updates"),
    "setWebhook": method(
        set_webhook,
        "url",
        "secret_token",
        "max_connections",
        "allowed_updates",
        "drop_pending_updates",
    ),
    "deleteWebhook": method(delete_webhook, "drop_pending_updates"),
    "getWebhookInfo": method(get_webhook_info),
}
