"""The Telegram double: a strict Bot API in memory, with people who use it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.telegram_double import (
    answering,
    attending,
    editing,
    presenting,
    receiving,
    sending,
    topics,
)
from bot.telegram_double.answers import Answer, scripted, seconds_late
from bot.telegram_double.arguments import Arguments, Upload
from bot.telegram_double.faults import Cut, Fault, FaultKind, Faults
from bot.telegram_double.groups import Group
from bot.telegram_double.ledger import Delivery
from bot.telegram_double.methods import Method
from bot.telegram_double.pace import Pace
from bot.telegram_double.people import Person, block
from bot.telegram_double.refusals import Cause, Refusal, Refused, bad_request
from bot.telegram_double.updates import FIRST_UPDATE
from bot.telegram_double.world import World

TOKEN: Final = "1000001:double-token-that-opens-nothing"  # noqa: S105 - opens nothing
METHODS: Final[dict[str, Method]] = {
    name.lower(): method
    for room in (answering, attending, editing, presenting, receiving, sending, topics)
    for name, method in room.METHODS.items()
}
FIRST_PERSON: Final = 700_000_001
NAMES: Final = ("Айгүл", "Данияр", "Мария", "Aidana", "Бекзат")


@dataclass(frozen=True, slots=True)
class Asked:
    """One call, whatever became of it."""

    at: datetime
    method: str
    params: Mapping[str, object]


class TelegramDouble:
    """Answers as the Bot API does and remembers everything that it refused.

    ``now`` returns aware UTC and drives every limit; ``pace`` is Telegram's unless given. A bot
    that keeps a database must never see an update's identifier twice: give a later first one.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        pace: Pace | None = None,
        token: str = TOKEN,
        seed: int = 0,
        first_update: int = FIRST_UPDATE,
    ) -> None:
        self.world = World(now, pace or Pace.telegram(), first_update)
        self.token = token
        self.faults = Faults(seed)
        self.refusals: list[Refusal] = []
        self.requests: list[Asked] = []

    @property
    def bot(self) -> dict[str, Any]:
        """The bot as a User of the Bot API."""
        return self.world.bot_user()

    @property
    def ledger(self) -> list[Delivery]:
        """Every message and edit that arrived, in order."""
        return self.world.ledger.entries

    @property
    def pending(self) -> int:
        """How many updates wait to be confirmed."""
        self.world.updates.expire(self.world.now())
        return len(self.world.updates.waiting)

    @property
    def mistakes(self) -> list[Refusal]:
        """What was refused because of the bot: its mistakes and its haste."""
        return [refusal for refusal in self.refusals if refusal.cause != Cause.WORLD]

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back after every change; returns what ends that."""
        return self.world.watch(callback)

    async def listening(self) -> None:
        """Wait until the bot waits for updates, everything before being confirmed."""
        await self.world.updates.awaited.wait()

    def forget_calls(self) -> None:
        """Empty refusals, requests and ledger; chats and people stay."""
        self.refusals.clear()
        self.requests.clear()
        self.world.ledger.forget()

    def person(
        self,
        id: int | None = None,  # noqa: A002 - as the Bot API calls it
        first_name: str | None = None,
        language_code: str | None = "ru",
        *,
        username: str | None = None,
        last_name: str | None = None,
    ) -> Person:
        """Return the person with the identifier, new when there was none."""
        number = len(self.world.accounts)
        found = FIRST_PERSON + number if id is None else id
        if found not in self.world.accounts:
            name = first_name or NAMES[number % len(NAMES)]
            self.world.register(found, name, last_name, username, language_code)
        return Person(self.world, found)

    def group(
        self,
        title: str,
        members: list[Person],
        *,
        kind: str = "group",
        admins: list[Person] | None = None,
        topics: bool = False,
    ) -> Group:
        """Return a new group (or, as kind, a supergroup) in which the bot is not yet.

        With topics it is a supergroup.
        """
        group = Group.found(
            self.world, title, "supergroup" if topics else kind, members, admins or []
        )
        if topics:
            group.enable_topics()
        return group

    def call(
        self,
        method: str,
        params: Mapping[str, object] | None = None,
        uploads: Mapping[str, Upload] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """Carry out a method at once, without faults; returns the status and the body."""
        given = dict(params or {})
        self.requests.append(Asked(self.world.now(), method, given))
        try:
            result = self._carry_out(method, Arguments(given, uploads))
        except Refused as refused:
            return self._refuse(method, given, refused)
        if method.lower() != "getupdates":
            self.world.changed()
        return 200, {"ok": True, "result": result}

    async def answer(
        self,
        method: str,
        params: Mapping[str, object] | None = None,
        uploads: Mapping[str, Upload] | None = None,
    ) -> Answer:
        """Carry out a method with the faults on order and with long polling.

        Raises Cut when the bot is to get no answer.
        """
        given = dict(params or {})
        chat_id = Arguments(given).number("chat_id") or None
        fault = self.faults.take(method, chat_id, self.world.now())
        if fault is not None:
            answered = self._before(fault, method, given, chat_id)
            if answered is not None:
                return answered
        before = len(self.ledger)
        status, body = self.call(method, given, uploads)
        seconds = Arguments(given).number("timeout")
        if method.lower() == "getupdates" and body.get("result") == [] and seconds > 0:
            status, body = await self._wait_for_updates(given, seconds)
        if fault is not None and fault.kind == FaultKind.DROP_AFTER:
            for delivery in self.ledger[before:]:
                delivery.answered = False
            raise Cut(fault.kind, processed=True)
        return Answer(status, body, wait=seconds_late(fault))

    def _carry_out(self, name: str, call: Arguments) -> object:
        method = METHODS.get(name.lower())
        if method is None:
            raise Refused(404, "Not Found: method not found")
        if unknown := call.names() - method.knows:
            raise bad_request(f"{name} has no parameter {', '.join(sorted(unknown))}")
        return method.carry_out(self.world, call)

    def _refuse(
        self, method: str, params: Mapping[str, object], refused: Refused
    ) -> tuple[int, dict[str, Any]]:
        now = self.world.now()
        code, words, cause = refused.code, refused.description, refused.cause
        self.refusals.append(Refusal(now, method, params, code, words, cause))
        return code, refused.body()

    async def _wait_for_updates(
        self, params: Mapping[str, object], seconds: float
    ) -> tuple[int, dict[str, Any]]:
        try:
            await self.world.updates.wait(seconds)
        except Refused as refused:
            return self._refuse("getUpdates", params, refused)
        return self.call("getUpdates", params)

    def _before(
        self, fault: Fault, method: str, params: Mapping[str, object], chat_id: int | None
    ) -> Answer | None:
        detail = fault.detail
        if fault.kind in (FaultKind.REFUSE, FaultKind.DROP_BEFORE):
            raise Cut(fault.kind, processed=False)
        if fault.kind == FaultKind.HANG:
            if detail.get("processed"):
                self.call(method, params)
            processed = bool(detail.get("processed"))
            raise Cut(fault.kind, processed=processed, seconds=detail.get("seconds"))
        if fault.kind == FaultKind.BLOCK:
            block(self.world, int(detail.get("person_id") or chat_id or 0))
        return scripted(fault)
