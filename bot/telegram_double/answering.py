"""The method that answers a tap."""

from datetime import timedelta
from typing import Final

from bot.telegram_double.arguments import Arguments
from bot.telegram_double.methods import Method, method
from bot.telegram_double.queries import Toast
from bot.telegram_double.refusals import Cause, bad_request
from bot.telegram_double.world import World

ANSWERABLE: Final = timedelta(seconds=15)
LONGEST_TOAST: Final = 200


def answer_query(world: World, call: Arguments) -> bool:
    """Carry out answerCallbackQuery."""
    text = call.text("text")
    if len(text) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if call.text("url"):
        raise bad_request("URL_INVALID")
    query = world.queries.get(call.text("callback_query_id"))
    if query is None or world.now() - query.sent_at > ANSWERABLE:
        words = "query is too old and response timeout expired or query ID is invalid"
        raise bad_request(words, Cause.WORLD)
    query.answered, query.alert, query.toast = True, call.flag("show_alert"), text or None
    if text:
        world.toasts.setdefault(query.person_id, []).append(Toast(world.now(), text, query.alert))
    return True


METHODS: Final[dict[str, Method]] = {
    "answerCallbackQuery": method(
        answer_query, "callback_query_id", "text", "show_alert", "url", "cache_time"
    ),
}
