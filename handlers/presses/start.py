"""Presses of the first screens: home, language, role, university."""

from __future__ import annotations

from typing import ClassVar

from handlers.codec import Press


class Home(Press, frozen=True):
    """The home menu."""

    tag: ClassVar[str] = "h1"


class HomeBeside(Press, frozen=True):
    """The home menu in a message of its own: the pressed one goes on living."""

    tag: ClassVar[str] = "C1"


class Languages(Press, frozen=True):
    """The choice of a language."""

    tag: ClassVar[str] = "l1"


class SetLanguage(Press, frozen=True):
    """Speak this language from now on."""

    tag: ClassVar[str] = "L1"
    language: str


class Roles(Press, frozen=True):
    """The question who the person is."""

    tag: ClassVar[str] = "r1"


class SetRole(Press, frozen=True):
    """Who the person is."""

    tag: ClassVar[str] = "R1"
    role: str


class Universities(Press, frozen=True):
    """The directory of universities: its countries (no country given), or a page of one."""

    tag: ClassVar[str] = "H1"
    country: str
    page: int


class SetUniversity(Press, frozen=True):
    """The university that the person belongs to; empty: none of the list, or not now."""

    tag: ClassVar[str] = "J1"
    university: str
