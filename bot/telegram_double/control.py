"""What tests in other processes ask of the double: people, faults, the ledger. JSON all through."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import web

from bot.telegram_double.arrivals import NotPossible
from bot.telegram_double.engine import TelegramDouble
from bot.telegram_double.messages import Message
from bot.telegram_double.people import Person
from bot.telegram_double.taps import NoSuchButton

Handler = Callable[[web.Request], Awaitable[web.Response]]
Deed = Callable[[TelegramDouble, dict[str, Any]], object]


def add_routes(app: web.Application, double: TelegramDouble) -> None:
    """Put every deed and question under ``/control/``."""
    for name, deed in DEEDS.items():
        app.router.add_post(f"/control/{name}", _handler(double, deed))
    for name, question in QUESTIONS.items():
        app.router.add_get(f"/control/{name}", _handler(double, question))


def _handler(double: TelegramDouble, deed: Deed) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        given: dict[str, Any] = dict(request.query)
        if request.can_read_body:
            given |= await request.json()
        try:
            return web.json_response({"result": deed(double, given)})
        except (NotPossible, NoSuchButton, LookupError) as problem:
            return web.json_response({"problem": str(problem)}, status=400)

    return handle


def _who(double: TelegramDouble, given: dict[str, Any]) -> Person:
    return double.person(int(given["person"]))


def as_shown(message: Message) -> dict[str, Any]:
    """Return a message as the Bot API shows it, with what only the chat knows."""
    return message.as_json() | {"html": message.html, "labels": message.labels}


def _person(double: TelegramDouble, given: dict[str, Any]) -> object:
    person_id = int(given["id"]) if given.get("id") is not None else None
    language = given.get("language_code", "ru")
    return double.person(person_id, given.get("first_name"), language).account.as_json()


def _start(double: TelegramDouble, given: dict[str, Any]) -> object:
    return _who(double, given).start(given.get("payload")).id


def _send(double: TelegramDouble, given: dict[str, Any]) -> object:
    return _who(double, given).send_text(str(given["text"])).id


def _press(double: TelegramDouble, given: dict[str, Any]) -> object:
    person, message_id = _who(double, given), int(given["message_id"])
    if "data" in given:
        return person.press_data(message_id, str(given["data"])).id
    stale = bool(given.get("stale"))
    return person.press(message_id, str(given["button"]), stale=stale).id


def _media(kind: str) -> Deed:
    def deed(double: TelegramDouble, given: dict[str, Any]) -> object:
        person = _who(double, given)
        sent: Message = getattr(person, f"send_{kind}")()
        return sent.id

    return deed


def _plain(name: str) -> Deed:
    def deed(double: TelegramDouble, given: dict[str, Any]) -> object:
        getattr(_who(double, given), name)()
        return True

    return deed


def _fault(double: TelegramDouble, given: dict[str, Any]) -> object:
    double.faults.add(**given)
    return len(double.faults.orders)


def _clear_faults(double: TelegramDouble, _given: dict[str, Any]) -> object:
    double.faults.clear()
    return True


def _forget(double: TelegramDouble, _given: dict[str, Any]) -> object:
    double.forget_calls()
    return True


def _chat(double: TelegramDouble, given: dict[str, Any]) -> object:
    return [as_shown(message) for message in _who(double, given).messages]


def _ledger(double: TelegramDouble, _given: dict[str, Any]) -> object:
    return [delivery.as_json() for delivery in double.ledger]


def _refusals(double: TelegramDouble, _given: dict[str, Any]) -> object:
    return [
        {"method": r.method, "code": r.code, "description": r.description, "cause": r.cause}
        for r in double.refusals
    ]


def _pending(double: TelegramDouble, _given: dict[str, Any]) -> object:
    return double.pending


DEEDS: Final[dict[str, Deed]] = {
    "person": _person,
    "start": _start,
    "send": _send,
    "press": _press,
    **{kind: _media(kind) for kind in ("photo", "voice", "document", "contact", "sticker")},
    **{name: _plain(name) for name in ("block", "unblock", "restart", "deactivate")},
    "fault": _fault,
    "faults/clear": _clear_faults,
    "forget": _forget,
}
QUESTIONS: Final[dict[str, Deed]] = {
    "chat": _chat,
    "ledger": _ledger,
    "refusals": _refusals,
    "pending": _pending,
}
