"""What staff are told about a text that cannot be sent: what is wrong with it, and where."""

from __future__ import annotations

from html import unescape

from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcement_texts import Flaw, Problem, find_flaw
from locales import Texts

QUOTED = 30
"""Signs before the end of what fits, by which its place is found."""


def flaw_in(t: Texts, content: Content) -> str | None:
    """Say why Telegram would refuse what somebody wrote; None when it would not."""
    flaw = find_flaw(content.html, caption=content.kind is not ContentKind.TEXT)
    return None if flaw is None else told(t, flaw)


def told(t: Texts, flaw: Flaw) -> str:
    """Say what is wrong, and where."""
    match flaw.problem:
        case Problem.EMPTY:
            return t("This message has no text that can be seen.")
        case Problem.TOO_LONG:
            return _too_long(t, flaw.length, flaw.most, flaw.place)
        case Problem.LINK:
            return t(
                "Telegram would refuse this link: “{place}”. Write it in another way.",
                place=flaw.place,
            )
        case Problem.SIGN:
            return t("Telegram refuses a sign in it, just after: “…{place}”", place=flaw.place)
        case Problem.MARKUP:
            return t(
                "Telegram would refuse the formatting or a link just after: “…{place}”."
                " Take the formatting there away.",
                place=flaw.place,
            )


def too_long(t: Texts, html: str, most: int) -> str | None:
    """Say that a name or a line has more signs than fit; None when it has not."""
    text = unescape(html)
    if len(text) <= most:
        return None
    return _too_long(t, len(text), most, text[:most][-QUOTED:])


def _too_long(t: Texts, length: int, most: int, place: str) -> str:
    return t(
        "Too long: {length} signs, and at most {most} fit. They end at: “…{place}”",
        length=length,
        most=most,
        place=place,
    )
