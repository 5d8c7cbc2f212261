"""Presses of the first screens: home, language, role, university."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.codec import Press


@dataclass(frozen=True, slots=True)
class Home(Press):
    """The home menu."""

    tag: ClassVar[str] = "h1"


@dataclass(frozen=True, slots=True)
class HomeBeside(Press):
    """The home menu in a message of its own: the pressed one goes on living."""

    tag: ClassVar[str] = "C1"


@dataclass(frozen=True, slots=True)
class Languages(Press):
    """The choice of a language."""

    tag: ClassVar[str] = "l1"


@dataclass(frozen=True, slots=True)
class SetLanguage(Press):
    """Speak this language from now on."""

    tag: ClassVar[str] = "L1"
    language: str


@dataclass(frozen=True, slots=True)
class Roles(Press):
    """The question who the person is."""

    tag: ClassVar[str] = "r1"


@dataclass(frozen=True, slots=True)
class SetRole(Press):
    """Who the person is."""

    tag: ClassVar[str] = "R1"
    role: str


@dataclass(frozen=True, slots=True)
class Universities(Press):
    """The directory of universities: its countries (no country given), or a page of one."""

    tag: ClassVar[str] = "H1"
    country: str
    page: int


@dataclass(frozen=True, slots=True)
class SetUniversity(Press):
    """The university that the person belongs to; empty: none of the list, or not now."""

    tag: ClassVar[str] = "J1"
    university: str
