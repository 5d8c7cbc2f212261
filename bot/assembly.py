"""Assembly: the one place where the parts are put together and the outside world comes in."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from telegram.ext import ApplicationBuilder
from telegram.request import BaseRequest

from bot import presenting
from bot.announcing import Announcer
from bot.assistant import Assistant, Requests
from bot.bulk import BULK_AT_ONCE
from bot.clock import Clock, Evenness, SystemClock, use_own_zones
from bot.condition import Condition
from bot.copies import Copies
from bot.correcting import Corrector
from bot.dispatch import AnyApplication, Dispatch
from bot.errors import Faults
from bot.figures import Figures
from bot.flights import LEASE, Render, Ways
from bot.floods import Floods
from bot.inbox import LONG_POLL_SECONDS, Poller
from bot.leases import (
    ANNOUNCE,
    PLAN,
    POLLER,
    POLLER_LEASE,
    PURGE,
    RECOVER,
    Lease,
    Standby,
    own_name,
)
from bot.messages import Messages
from bot.pace import Pace, paid_limits
from bot.planning import Planner
from bot.profile import Profile
from bot.reception import Reception
from bot.reporting import Reporter
from bot.sender import Sender
from bot.settings import Settings
from bot.sources import Polled, Pushed, Source
from bot.ticks import Jobs, LeaseOf, Ticks
from bot.transport import TOTAL_SECONDS, AiohttpRequest, Line
from erasmus.library import Library
from erasmus.limits import Limits as DeskLimits
from erasmus.loading import load_library
from storage import Database
from storage.pace import Limits
from storage.rests import NO_LIMITS, TELEGRAM

if TYPE_CHECKING:
    from bot.web import Web

REPLY_CONNECTIONS: Final = 40
BULK_CONNECTIONS: Final = BULK_AT_ONCE
PLAN_EVERY: Final = timedelta(minutes=5)
RECOVER_EVERY: Final = timedelta(seconds=5)
PURGE_EVERY: Final = timedelta(hours=1)
ANNOUNCE_EVERY: Final = timedelta(seconds=2)


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
    db, figures, owner = Database.open(settings.database_url), Figures(), own_name()
    application = _application(settings, requests.replies)
    replies, bulk, updates = (_line(settings, request) for request in requests.each())
    profile = Profile(replies, presenting.commands, presenting.introduction)
    ways = replace(
        _ways(settings, application, profile, presenting.renderer(library), (replies, bulk)),
        compose=Copies(db, library, clock).body,
    )
    sender = Sender(db, clock, ways, settings.admins, figures=figures)
    planner = Planner(db, library, clock, figures)
    announcer = Announcer(db, clock, _limits(settings))
    corrector = Corrector(db, clock, _limits(settings))
    reporter = Reporter(db, clock)
    faults = Faults(db, clock.now, settings.admins, presenting.apology, sender.wake)
    handle = Dispatch(application).handle
    if settings.telegram_limits:
        handle = Floods(db, clock.now, handle, presenting.too_fast).handle
    reception = Reception(db, clock, sender, handle, faults.set_aside, owner=owner, figures=figures)

    def register() -> None:
        from handlers import router  # noqa: PLC0415 - a tenth of a second: Telegram is asked first

        router.register(
            application,
            db=db,
            library=library,
            now=clock.now,
            zone=settings.timezone,
            limits=_limits(settings),
            committed=reception.committed,
        )

    def lease(name: str, lasts: timedelta) -> Lease:
        return Lease(db, clock, name, owner, lasts)

    return Assistant(
        settings=settings,
        clock=clock,
        library=library,
        requests=requests,
        db=db,
        application=application,
        register=register,
        source=_source(settings, updates, reception, figures, lease),
        reception=reception,
        sender=sender,
        planner=planner,
        announcer=announcer,
        corrector=corrector,
        reporter=reporter,
        profile=profile,
        ticks=Ticks(
            _jobs(planner, (announcer, corrector, reporter), reception, sender, clock), lease
        ),
        web=_web(settings, Condition(db, settings, clock, figures), reception),
    )


def _ways(
    settings: Settings,
    application: AnyApplication,
    profile: Profile,
    render: Render,
    lines: tuple[Line, Line],
) -> Ways:
    may_pay = settings.paid_stars_limit > 0
    replies, bulk = lines
    limits = Limits(most=settings.bulk_per_second)
    paid = Pace(f"{settings.bot_id}:paid", paid_limits(settings.paid_per_second))
    return Ways(
        replies=Messages(replies, application.bot),
        bulk=Messages(bulk, application.bot, paid=may_pay),
        menu=profile.set_menu,
        render=render,
        pace=Pace(
            settings.bot_id,
            limits,
            most_replies=limits.per_window if settings.telegram_limits else None,
        ),
        limits=TELEGRAM if settings.telegram_limits else NO_LIMITS,
        paid=paid if may_pay else None,
    )


def _source(
    settings: Settings, updates: Line, reception: Reception, figures: Figures, lease: LeaseOf
) -> Source:
    if settings.webhook_url is not None:
        return Pushed(updates, settings, figures)
    poller = Poller(updates, reception.admit, figures=figures)
    turn = lease(POLLER, POLLER_LEASE)
    return Polled(poller, Standby(turn, POLLER_LEASE, poller.begin, poller.pause))


def _jobs(
    planner: Planner,
    to_many: tuple[Announcer, Corrector, Reporter],
    reception: Reception,
    sender: Sender,
    clock: Clock,
) -> Jobs:
    evenness = Evenness(clock)

    async def plan() -> None:
        await planner.tick()
        sender.wake()

    async def recover() -> None:
        # By a clock that was set forward every lease is over, also that of what is on its way.
        if not evenness.holds_for(LEASE.total_seconds()):
            return
        await reception.recover()
        if await planner.recover():
            sender.wake()

    async def announce() -> None:
        if any([await each.tick() for each in to_many]):
            sender.wake()

    return {
        PLAN: (PLAN_EVERY, plan),
        RECOVER: (RECOVER_EVERY, recover),
        PURGE: (PURGE_EVERY, planner.purge),
        ANNOUNCE: (ANNOUNCE_EVERY, announce),
    }


def _web(settings: Settings, condition: Condition, reception: Reception) -> Web | None:
    if settings.listen is None:
        return None
    from bot.web import Web  # noqa: PLC0415 - aiohttp's server, which few processes need
    from bot.webhook import Webhook  # noqa: PLC0415

    web = Web(settings.listen, condition)
    if settings.webhook_url is not None:
        webhook = Webhook(settings.webhook_secrets, reception, settings.inbox_limit)
        web.take_pushes(urlsplit(settings.webhook_url).path or "/", webhook.receive)
    return web


def _application(settings: Settings, request: BaseRequest) -> AnyApplication:
    builder = ApplicationBuilder().token(settings.token.get_secret_value())
    builder = builder.base_url(f"{settings.api_url}/bot").updater(None)
    return builder.request(request).get_updates_request(request).build()


def _line(settings: Settings, request: BaseRequest) -> Line:
    return Line(request, settings.api_url, settings.token.get_secret_value())


def _limits(settings: Settings) -> DeskLimits:
    return DeskLimits(
        two_people_from=settings.two_people_from,
        per_second=settings.bulk_per_second,
        paid_per_second=settings.paid_per_second,
        stars=settings.paid_stars_limit,
        admins=settings.admins,
    )
