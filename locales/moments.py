"""Moments in a zone, with the zone in words, and the time that is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from erasmus.words import Language
from locales.dates import day
from locales.languages import cldr
from locales.markup import Safe
from locales.texts import N_, texts_for


class _Zone(NamedTuple):
    """How a zone is said after a time, and by itself."""

    clock: str
    name: str


_BRUSSELS = _Zone(N_("{time} Brussels time"), N_("Brussels time"))
_BISHKEK = _Zone(N_("{time} Bishkek time"), N_("Bishkek time"))
# The whole country keeps UTC+5 since 1 March 2024.
_KAZAKHSTAN = _Zone(N_("{time} Kazakhstan time"), N_("Kazakhstan time"))
_UTC = _Zone(N_("{time} UTC"), N_("UTC"))
# NOTE: {city} is the name of any city, not inflected: Berlin
_ELSEWHERE = _Zone(N_("{time} {city} time"), N_("{city} time"))

_KAZAKH_CITIES = ("Almaty", "Aqtau", "Aqtobe", "Atyrau", "Oral", "Qostanay", "Qyzylorda")
_ZONES: Mapping[str, _Zone] = {
    "Europe/Brussels": _BRUSSELS,
    "Asia/Bishkek": _BISHKEK,
    "UTC": _UTC,
    "Etc/UTC": _UTC,
    **{f"Asia/{city}": _KAZAKHSTAN for city in _KAZAKH_CITIES},
}


def local_day(moment: datetime, zone: str) -> date:
    """Return the calendar day of a moment in an IANA zone. Raises ValueError for a naive one."""
    return _local(moment, zone).date()


def clock(moment: datetime, zone: str) -> str:
    """Return what the clocks of an IANA zone show at a moment: 17:00, the same in all languages."""
    return f"{_local(moment, zone):%H:%M}"


def clock_in_zone(language: Language, moment: datetime, zone: str) -> Safe:
    """Say what the clocks of an IANA zone show, and whose clocks: 17:00 Brussels time."""
    said = _ZONES.get(zone, _ELSEWHERE).clock
    return texts_for(language)(said, time=clock(moment, zone), city=_city(language, zone))


def moment_in_zone(language: Language, moment: datetime, zone: str) -> Safe:
    """Say day, time and zone: 20 December 2026, 17:00 Brussels time."""
    t = texts_for(language)
    date_there = day(language, local_day(moment, zone))
    # NOTE: {day} is 20 December 2026, {time} is 17:00 Brussels time
    return t("{day}, {time}", day=date_there, time=clock_in_zone(language, moment, zone))


def zone_name(language: Language, zone: str) -> Safe:
    """Name the time of an IANA zone, in the nominative: Brussels time."""
    said = _ZONES.get(zone, _ELSEWHERE).name
    return texts_for(language)(said, city=_city(language, zone))


def days_left(language: Language, n: int) -> Safe:
    """Say how far a deadline is, n calendar days from today; without a full stop."""
    t = texts_for(language)
    if n < 0:
        return t("The deadline has passed")
    if n == 0:
        # NOTE: the last day to apply; stands on its own line
        return t("Today is the last day")
    if n == 1:
        # NOTE: the last day to apply; stands on its own line
        return t("Tomorrow is the last day")
    # NOTE: how long a person can still apply; stands on its own line
    return t.plural("{n} day left", "{n} days left", n)


def _local(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"an aware moment is needed, not {moment.isoformat()}")
    return moment.astimezone(ZoneInfo(zone))


def _city(language: Language, zone: str) -> str:
    known = cldr(language).time_zones.get(zone) or {}
    return str(known.get("city") or zone.rpartition("/")[2].replace("_", " "))
