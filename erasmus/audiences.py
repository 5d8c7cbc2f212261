"""Audiences: whom an announcement is for. Conditions that are not set leave everybody in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

from erasmus.offices import Office
from erasmus.words import Language

MONTH: Final = timedelta(days=30)

ZONES: Final[Mapping[str, tuple[str, ...]]] = {
    "KG": ("Asia/Bishkek",),
    "KZ": (
        "Asia/Almaty",
        "Asia/Aqtau",
        "Asia/Aqtobe",
        "Asia/Atyrau",
        "Asia/Oral",
        "Asia/Qostanay",
        "Asia/Qyzylorda",
    ),
}
"""The zones of a country: who has chosen no university is taken to live where the clock is."""


def country_of(zone: str) -> str:
    """Return the country of a zone, ZZ for one that no office of ours is in."""
    return next((country for country, zones in ZONES.items() if zone in zones), "ZZ")


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody who meets all the conditions; within one condition, any of its values.

    `universities` are ids, `roles` and `levels` values of the facts `role` and `enrolled_level`,
    `followers_of` a call's id. `eligible_for` is an action's id: those whose last check said
    "eligible" or "depends". `active_months`: who wrote in the last so many months.
    """

    countries: tuple[str, ...] = ()
    universities: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    followers_of: str | None = None
    eligible_for: str | None = None
    active_months: int | None = None

    @classmethod
    def of(cls, office: Office) -> Audience:
        """Return everybody an office speaks to when it chooses nothing."""
        if office.university is not None:
            return cls(universities=(office.university,))
        return cls(countries=(office.country,))

    def within(self, office: Office) -> Audience:
        """Return the part of it that an office may speak to: a university's own people only."""
        if office.university is None:
            return self
        return replace(self, universities=(office.university,))

    def active_since(self, now: datetime) -> datetime | None:
        """Return the moment since which people must have written; None: ever."""
        return now - self.active_months * MONTH if self.active_months else None

    def packed(self) -> dict[str, Any]:
        """Return values that JSON knows; what is not set is left out."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in told.items()
            if value
        }

    @classmethod
    def unpacked(cls, read: Mapping[str, Any]) -> Audience:
        """Undo `packed`."""
        told: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in read.items()
        }
        if "languages" in told:
            told["languages"] = tuple(Language(code) for code in told["languages"])
        return cls(**told)
