"""Pace: one row a bot, from which all processes take turns to send what nobody waits for.

Turns are spaced evenly (the generic cell rate algorithm, GCRA). Even spacing alone is not safe
against a server that counts a strict second, so a second guard counts what really left. Replies are
counted and take no turns. After a refusal the rate is cut, then raised slowly: most slowly around
the rate that was refused. All times are seconds by the database's clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from storage.database import Connection, for_both, seconds_now
from storage.models import pace

BATCH = 0.07
"""Seconds' worth of turns that are given, or made up for, at once."""

CAREFUL = (0.9, 1.05)
"""Between these parts of the refused rate the rate rises at a fifth of its speed."""

RESERVE = 7
"""While replies come, one part in so many of the window is left to them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """At most `per_window` messages in `window` seconds, and at most `most` a second.

    `cut` is what a refusal leaves of the rate, `recovery` what it regains with each second.
    """

    per_window: int = 30
    window: float = 1.05
    most: float = 30.0
    cut: float = 0.7
    recovery: float = 0.25


@dataclass(frozen=True, slots=True)
class Grant:
    """How many messages may leave now, and in how many seconds it is worth asking again."""

    granted: int
    wait: float
    rate: float
    paused: bool


class Departure(NamedTuple):
    """Messages that left at one moment: those that had to ask, and replies."""

    at: float
    bulk: int
    replies: int


@dataclass(frozen=True, slots=True)
class Turns:
    """What the row says; pure arithmetic."""

    next_at: float
    rate: float
    paused_until: float
    raised_at: float
    refused_at: float
    departures: tuple[Departure, ...]

    def at(self, now: float, limits: Limits) -> Turns:
        """Return the same later: the rate has risen, old departures are forgotten."""
        quiet = max(0.0, now - max(self.raised_at, self.paused_until))
        low, high = (part * self.refused_at for part in CAREFUL)
        careful = low <= self.rate <= high
        gained = limits.recovery * quiet / (5 if careful else 1)
        most = min(limits.most, max(low, self.rate)) if self.rate < low else limits.most
        recent = tuple(
            # A clock that was set back must not stop everything until it has caught up.
            departure._replace(at=min(departure.at, now))
            for departure in self.departures
            if departure.at > now - limits.window
        )
        return replace(
            self,
            rate=min(most, self.rate + gained),
            raised_at=now,
            next_at=min(self.next_at, now + limits.window),
            departures=recent,
        )

    def take(self, wanted: int, now: float, limits: Limits) -> tuple[Turns, Grant]:
        """Give turns to a row that is up to date."""
        if now < self.paused_until:
            return self, Grant(0, self.paused_until - now, self.rate, paused=True)
        start = max(self.next_at, now - BATCH)
        by_pace = int((now - start) * self.rate) + 1 if start <= now else 0
        most = min(wanted, by_pace, max(1, int(BATCH * self.rate)))
        granted = max(0, min(most, self._room(limits)))
        after = self._left(now, granted, 0)
        after = replace(after, next_at=start + granted / self.rate if granted else self.next_at)
        wait = after.wait(granted, wanted, now, limits)
        return after, Grant(granted, wait, self.rate, paused=False)

    def count(self, replies: int, now: float) -> Turns:
        """Count replies: bulk is due so much later."""
        start = max(self.next_at, now - BATCH)
        return replace(self._left(now, 0, replies), next_at=start + replies / self.rate)

    def give_back(self, unused: int) -> Turns:
        """Undo the newest turns."""
        departures = list(self.departures)
        left = unused
        for n in range(len(departures) - 1, -1, -1):
            back = min(left, departures[n].bulk)
            departures[n] = departures[n]._replace(bulk=departures[n].bulk - back)
            left -= back
        next_at = self.next_at - unused / self.rate
        return replace(self, next_at=next_at, departures=tuple(departures))

    def pause(self, seconds: float, now: float, limits: Limits) -> Turns:
        """Stop bulk; cut the rate unless this refusal belongs to a pause already known."""
        until = max(self.paused_until, now + seconds)
        known = self.paused_until
        if now < known or (known and not any(d.at >= known and d.bulk for d in self.departures)):
            return replace(self, paused_until=until)
        cut = max(1.0, self.rate * limits.cut)
        return replace(self, paused_until=until, rate=cut, refused_at=self.rate)

    def wait(self, granted: int, wanted: int, now: float, limits: Limits) -> float:
        """Return in how many seconds the next turn can be given."""
        if granted >= wanted:
            return 0.0
        waits = [self.next_at - now, 0.001]
        if self._room(limits) <= 0 and self.departures:
            waits.append(self.departures[0].at + limits.window - now)
        return max(waits)

    def _room(self, limits: Limits) -> int:
        replies = sum(departure.replies for departure in self.departures)
        gone = replies + sum(departure.bulk for departure in self.departures)
        return limits.per_window - min(replies, limits.per_window // RESERVE) - gone

    def _left(self, now: float, bulk: int, replies: int) -> Turns:
        if not bulk + replies:
            return self
        return replace(self, departures=(*self.departures, Departure(now, bulk, replies)))


WRITTEN = [field.name for field in fields(Turns)]

_TURNS = select(seconds_now(), *(pace.c[name] for name in WRITTEN)).where(
    pace.c.bot == bindparam("which")
)
_TURNS_TO_CHANGE = _TURNS.with_for_update(of=pace)
_BEGIN = for_both(lambda insert: insert(pace).on_conflict_do_nothing())
_WRITE = update(pace).where(pace.c.bot == bindparam("which"))


async def take(
    c: Connection, bot: str, wanted: int, limits: Limits | None = None, now: float | None = None
) -> Grant:
    """Take turns for up to `wanted` bulk messages, few at once; give back what is not used."""
    limits = limits or Limits()
    turns, at = await _turns(c, bot, limits, now)
    turns, grant = turns.take(wanted, at, limits)
    await _write(c, bot, turns)
    return grant


async def give_back(
    c: Connection, bot: str, unused: int, limits: Limits | None = None, now: float | None = None
) -> None:
    """Give back turns that found nothing to send."""
    turns, _ = await _turns(c, bot, limits or Limits(), now)
    await _write(c, bot, turns.give_back(unused))


async def count(
    c: Connection, bot: str, replies: int, limits: Limits | None = None, now: float | None = None
) -> int:
    """Count replies that left: bulk keeps out of their way. Return how many left in the window."""
    turns, at = await _turns(c, bot, limits or Limits(), now)
    after = turns.count(replies, at)
    await _write(c, bot, after)
    return sum(departure.replies for departure in after.departures)


async def pause(
    c: Connection,
    bot: str,
    seconds: float,
    limits: Limits | None = None,
    now: float | None = None,
) -> bool:
    """Stop everybody's bulk for as long as Telegram asks; True when that cut the rate.

    Several refusals of one pause cut once.
    """
    limits = limits or Limits()
    before, at = await _turns(c, bot, limits, now)
    after = before.pause(seconds, at, limits)
    await _write(c, bot, after)
    return after.rate < before.rate


async def look(c: Connection, bot: str) -> Grant | None:
    """Return how things stand, and take nothing; None before the first turn."""
    row = (await c.execute(_TURNS, {"which": bot})).one_or_none()
    if row is None:
        return None
    now, turns = row[0], _of_row(row[1:])
    wait = max(0.0, max(turns.next_at, turns.paused_until) - now)
    return Grant(0, wait, turns.rate, now < turns.paused_until)


async def _turns(c: Connection, bot: str, limits: Limits, now: float | None) -> tuple[Turns, float]:
    """Lock the row, make it where there is none, and bring it up to date."""
    row = (await c.execute(_TURNS_TO_CHANGE, {"which": bot})).one_or_none()
    if row is None:
        start = {"next_at": 0.0, "paused_until": 0.0, "raised_at": 0.0, "refused_at": 0.0}
        fresh = {"bot": bot, "rate": limits.most, "departures": []}
        await c.execute(_BEGIN(c), start | fresh)
        row = (await c.execute(_TURNS_TO_CHANGE, {"which": bot})).one()
    at = row[0] if now is None else now
    return _of_row(row[1:]).at(at, limits), at


def _of_row(row: Sequence[Any]) -> Turns:
    columns = dict(zip(WRITTEN, row, strict=True))
    departures = tuple(Departure(*departure) for departure in columns.pop("departures"))
    return Turns(**columns, departures=departures)


async def _write(c: Connection, bot: str, turns: Turns) -> None:
    columns = {name: getattr(turns, name) for name in WRITTEN}
    await c.execute(_WRITE, columns | {"which": bot})
