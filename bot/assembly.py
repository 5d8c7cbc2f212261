"""Assembly: the one place where the parts are put together and the outside world comes in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from telegram.ext import ApplicationBuilder
from telegram.request import BaseRequest

from bot.assistant import Assistant, Requests
from bot.clock import Clock, SystemClock, use_own_zones
from bot.dispatch import AnyApplication, Dispatch
from bot.errors import Faults
from bot.inbox import LONG_POLL_SECONDS, Poller
from bot.messages import Messages
from bot.planning import Planner
from bot.profile import Profile
from bot.reception import Reception
from bot.sender import Render, Sender, Ways
from bot.settings import Settings
from bot.ticks import Ticks
from bot.transport import TOTAL_SECONDS, AiohttpRequest, Line
from erasmus.library import Library
from erasmus.loading import load_library
from erasmus.words import Language
from handlers import notices, router, start
from locales import texts_for
from storage import Connection, Database, people
from storage.deliveries import Delivery

REPLY_CONNECTIONS: Final = 40
BULK_CONNECTIONS: Final = 10
PLAN_EVERY: Final = timedelta(minutes=5)
RECOVER_EVERY: Final = timedelta(seconds=30)
PURGE_EVERY: Final = timedelta(hours=1)


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    request: BaseRequest | None = None,
    bulk_request: BaseRequest | None = None,
    updates_request: BaseRequest | None = None,
) -> Assistant:
    """Put an assistant together; nothing is connected or sent before its `start`.

    Raises ContentError when a content file is damaged, ZonesMissing without time zones.
    """
    use_own_zones()
    # Durations as timedelta: python-telegram-bot warns about the plain numbers of old.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    requests = Requests(
        request or AiohttpRequest(REPLY_CONNECTIONS),
        bulk_request or AiohttpRequest(BULK_CONNECTIONS),
        updates_request or AiohttpRequest(1, total_seconds=LONG_POLL_SECONDS + TOTAL_SECONDS),
    )
    return _connect(settings, clock or SystemClock(), load_library(), requests)


def _connect(settings: Settings, clock: Clock, library: Library, requests: Requests) -> Assistant:
    db = Database.open(settings.database_url)
    application = _application(settings, requests.replies)
    replies, bulk, updates = (_line(settings, request) for request in requests.each())
    profile = Profile(replies, _commands, _introduction)
    bot = application.bot
    ways = Ways(Messages(replies, bot), Messages(bulk, bot), profile.set_menu, _renderer(library))
    sender = Sender(db, clock, ways, settings.admins)
    planner = Planner(db, library, clock)
    faults = Faults(db, clock.now, settings.admins, _apology, sender.wake)
    reception = Reception(db, clock, sender, Dispatch(application).handle, faults.set_aside)
    router.register(
        application,
        db=db,
        library=library,
        now=clock.now,
        zone=settings.timezone,
        admins=settings.admins,
        committed=reception.committed,
    )

    async def plan() -> None:
        await planner.tick()
        sender.wake()

    async def recover() -> None:
        if await planner.recover():
            sender.wake()

    return Assistant(
        settings=settings,
        clock=clock,
        library=library,
        requests=requests,
        db=db,
        application=application,
        poller=Poller(updates, reception.admit),
        reception=reception,
        sender=sender,
        planner=planner,
        profile=profile,
        ticks=Ticks(
            {
                "plan": (PLAN_EVERY, plan),
                "recover": (RECOVER_EVERY, recover),
                "purge": (PURGE_EVERY, planner.purge),
            }
        ),
    )


def _application(settings: Settings, request: BaseRequest) -> AnyApplication:
    builder = ApplicationBuilder().token(settings.token.get_secret_value())
    builder = builder.base_url(f"{settings.api_url}/bot").updater(None)
    return builder.request(request).get_updates_request(request).build()


def _line(settings: Settings, request: BaseRequest) -> Line:
    return Line(request, settings.api_url, settings.token.get_secret_value())


def _renderer(library: Library) -> Render:
    async def render(
        c: Connection, rows: list[Delivery], now: datetime
    ) -> Mapping[str, Any] | None:
        person = await people.find(c, rows[0].chat_id)
        screen = person and await notices.render(c, library, person, rows, now)
        return screen.body() if screen else None

    return render


def _apology(language: Language, code: str) -> dict[str, Any]:
    return notices.apology(language, code).body()


def _commands(language: Language) -> list[tuple[str, str]]:
    return start.commands(texts_for(language))


def _introduction(language: Language) -> tuple[str, str, str]:
    return start.profile(texts_for(language))
