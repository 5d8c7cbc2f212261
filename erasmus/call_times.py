"""Clock times and zones as texts write them: "23:59 CET", «по времени Бишкека»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cache

from erasmus.reading import Reading, ZoneWords, alternatives, small

COLON = re.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?![\d:])(?:\s?(?P<half>[ap])\.?m\b)?"
)
HALF = re.compile(r"(?<![\d:.])(?P<h>1[0-2]|0?[1-9])\s?(?P<half>[ap])\.?m\b")
DOTTED = r"(?<![\d:.])(?P<h>[01]?\d|2[0-3])\.(?P<m>[0-5]\d)(?!\d|\.\d)"
BEHIND = r"(?P<behind>\s*\(?(?:cet|cest|utc|gmt|час|ч\b))?"
NOON = 12


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A clock time in a text."""

    start: int
    end: int
    at: time


@dataclass(frozen=True, slots=True)
class FoundZone:
    """A zone that a text names; `zone` is its IANA name."""

    start: int
    end: int
    zone: str


def find_times(text: str, words: Reading) -> list[FoundTime]:
    """Return the clock times of a text in their order."""
    folded = small(text)
    dotted, noon = _patterns(words.clock, words.noon)
    found = [_clock(match) for match in (*COLON.finditer(folded), *HALF.finditer(folded))]
    found += [_clock(match) for match in dotted.finditer(folded) if _is_clock(match)]
    found += [FoundTime(*match.span(), time(NOON)) for match in noon.finditer(folded)]
    found.sort(key=lambda one: (one.start, -one.end))
    return [one for n, one in enumerate(found) if n == 0 or found[n - 1].end <= one.start]


@cache
def _patterns(clock: tuple[str, ...], noon: tuple[str, ...]) -> Sequence[re.Pattern[str]]:
    led = rf"(?:(?P<clock>{alternatives(clock)})\s+|(?P<until>до|by|until)\s+)?"
    return re.compile(led + DOTTED + BEHIND), re.compile(alternatives(noon))


def _is_clock(match: re.Match[str]) -> bool:
    """Tell 17.00 from the 17th: a word or a sign says so, or no month can be 00."""
    sure = match["clock"] or match["behind"]
    return bool(sure or (match["until"] and match["m"] == "00"))


def _clock(match: re.Match[str]) -> FoundTime:
    hour, half = int(match["h"]), match.groupdict().get("half")
    if half and hour <= NOON:
        hour = hour % NOON + (NOON if half == "p" else 0)
    minute = int(match.groupdict().get("m") or 0)
    return FoundTime(match.start("h"), match.end(), time(hour, minute))


def find_zones(text: str, words: Reading) -> list[FoundZone]:
    """Return the zones that a text names, in their order."""
    folded = small(text)
    found = [
        FoundZone(*match.span(), zone.zone)
        for zone in words.zones
        for match in _zone_pattern(zone, tuple(words.time)).finditer(folded)
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    return list(_apart(found))


def _apart(found: list[FoundZone]) -> Iterator[FoundZone]:
    end = 0
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


@cache
def _zone_pattern(zone: ZoneWords, time_words: tuple[str, ...]) -> re.Pattern[str]:
    signs = "|".join(re.escape(small(sign)) for sign in zone.signs)
    ways = [rf"(?<![\w+])(?:{signs})(?![\w+]|-?\d)"] if signs else []
    if zone.cities:
        city, clock = alternatives(zone.cities), alternatives(time_words)
        gap = r"[\s(]{1,3}(?:г\.\s?|города\s|шаары\w*\s|каласы\w*\s|\(?local\s)?"
        ways += [rf"{city}{gap}{clock}", rf"{clock}{gap}{city}", rf"(?<=\d\d[\s]\(){city}"]
        ways += [rf"(?<=:\d\d\s){city}", rf"(?<=:\d\d,\s){city}"]
    return re.compile("|".join(ways))
