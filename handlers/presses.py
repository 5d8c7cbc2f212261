"""Presses: every button of the assistant, on one page.

A tag is a letter for the meaning and a digit for the version of its fields; a tag once released
is never used with another meaning. A press never says who presses: that comes from the update.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.codec import Press, kinds


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


@dataclass(frozen=True, slots=True)
class Check(Press):
    """Begin or go on with the questions of a goal: "all", or the short id of an action."""

    tag: ClassVar[str] = "w1"
    goal: str


@dataclass(frozen=True, slots=True)
class Ask(Press):
    """Show one question again; `change`: it is changed from the list of answers."""

    tag: ClassVar[str] = "q1"
    goal: str
    question: str
    change: bool


@dataclass(frozen=True, slots=True)
class Answer(Press):
    """Answer a question."""

    tag: ClassVar[str] = "a1"
    goal: str
    question: str
    value: str
    change: bool


@dataclass(frozen=True, slots=True)
class Review(Press):
    """The list "Check your answers"."""

    tag: ClassVar[str] = "z1"
    goal: str


@dataclass(frozen=True, slots=True)
class Result(Press):
    """The verdicts of a goal."""

    tag: ClassVar[str] = "v1"
    goal: str


@dataclass(frozen=True, slots=True)
class Card(Press):
    """The verdict on one action with all its rules, reached from a goal's result."""

    tag: ClassVar[str] = "V1"
    goal: str
    action: str


@dataclass(frozen=True, slots=True)
class About(Press):
    """What an action is, what it pays and how to apply."""

    tag: ClassVar[str] = "i1"
    goal: str
    action: str


@dataclass(frozen=True, slots=True)
class Closed(Press):
    """The actions that are not open to Central Asia."""

    tag: ClassVar[str] = "n1"


@dataclass(frozen=True, slots=True)
class StartAgain(Press):
    """Forget the answers of the questionnaire and begin again."""

    tag: ClassVar[str] = "x1"
    goal: str


@dataclass(frozen=True, slots=True)
class Deadlines(Press):
    """The list of calls; "-" means every action, every field."""

    tag: ClassVar[str] = "d1"
    action: str
    field: str
    page: int


@dataclass(frozen=True, slots=True)
class Filters(Press):
    """The choice of a filter for the list of calls; `what` is "a" (action) or "f" (field)."""

    tag: ClassVar[str] = "f1"
    what: str
    action: str
    field: str


@dataclass(frozen=True, slots=True)
class ShowCall(Press):
    """The card of one call."""

    tag: ClassVar[str] = "c1"
    call: str


@dataclass(frozen=True, slots=True)
class SetFollow(Press):
    """Follow a call, or no longer."""

    tag: ClassVar[str] = "F1"
    call: str
    on: bool


@dataclass(frozen=True, slots=True)
class Following(Press):
    """The calls that the person follows."""

    tag: ClassVar[str] = "g1"


@dataclass(frozen=True, slots=True)
class Plans(Press):
    """The choice of a document plan."""

    tag: ClassVar[str] = "P1"


@dataclass(frozen=True, slots=True)
class ShowPlan(Press):
    """The plan of a call ("c." and its id) or of an action ("a." and its short id)."""

    tag: ClassVar[str] = "p1"
    plan: str


@dataclass(frozen=True, slots=True)
class AfterSelection(Press):
    """The documents of a plan that are needed only after selection."""

    tag: ClassVar[str] = "G1"
    plan: str


@dataclass(frozen=True, slots=True)
class ShowItem(Press):
    """One document of a plan."""

    tag: ClassVar[str] = "o1"
    plan: str
    item: str


@dataclass(frozen=True, slots=True)
class SetItem(Press):
    """How far a document is."""

    tag: ClassVar[str] = "t1"
    plan: str
    item: str
    state: str


@dataclass(frozen=True, slots=True)
class ChooseMonth(Press):
    """The month of a deadline of one's own, for a plan."""

    tag: ClassVar[str] = "u1"
    plan: str


@dataclass(frozen=True, slots=True)
class ChooseDay(Press):
    """The day of a deadline of one's own; the month as 2027-03."""

    tag: ClassVar[str] = "U1"
    plan: str
    month: str


@dataclass(frozen=True, slots=True)
class SetDate(Press):
    """A deadline of one's own; the day as 2027-03-15."""

    tag: ClassVar[str] = "X1"
    plan: str
    day: str


@dataclass(frozen=True, slots=True)
class Settings(Press):
    """The settings."""

    tag: ClassVar[str] = "s1"


@dataclass(frozen=True, slots=True)
class Zones(Press):
    """The choice of a time zone; `more` shows the cities further away."""

    tag: ClassVar[str] = "Z1"
    more: bool


@dataclass(frozen=True, slots=True)
class SetZone(Press):
    """Live in this time zone."""

    tag: ClassVar[str] = "K1"
    zone: str


@dataclass(frozen=True, slots=True)
class Reminders(Press):
    """The settings of reminders."""

    tag: ClassVar[str] = "k1"


@dataclass(frozen=True, slots=True)
class SetRung(Press):
    """Remind, or don't, this many days before a deadline."""

    tag: ClassVar[str] = "T1"
    days: int
    on: bool


@dataclass(frozen=True, slots=True)
class SetReminders(Press):
    """Send reminders at all, or don't."""

    tag: ClassVar[str] = "S1"
    on: bool


@dataclass(frozen=True, slots=True)
class Fewer(Press):
    """Only two reminders a call."""

    tag: ClassVar[str] = "W1"
    on: bool


@dataclass(frozen=True, slots=True)
class CallReminders(Press):
    """What can be done about the reminders of one call."""

    tag: ClassVar[str] = "m1"
    call: str


@dataclass(frozen=True, slots=True)
class SetSubmitted(Press):
    """The application is handed in, or not after all."""

    tag: ClassVar[str] = "D1"
    call: str
    on: bool


@dataclass(frozen=True, slots=True)
class Snooze(Press):
    """Remind again in some days."""

    tag: ClassVar[str] = "N1"
    call: str
    days: int


@dataclass(frozen=True, slots=True)
class SetMuted(Press):
    """No reminders about this call, or again some."""

    tag: ClassVar[str] = "M1"
    call: str
    on: bool


@dataclass(frozen=True, slots=True)
class Topics(Press):
    """The topics of announcements."""

    tag: ClassVar[str] = "Q1"


@dataclass(frozen=True, slots=True)
class SetTopicOn(Press):
    """Get announcements of a topic, or none."""

    tag: ClassVar[str] = "E1"
    topic: str
    on: bool


@dataclass(frozen=True, slots=True)
class StopTopic(Press):
    """Get no more announcements like the one above; shown under each."""

    tag: ClassVar[str] = "e1"
    topic: str


@dataclass(frozen=True, slots=True)
class FollowAnnounced(Press):
    """Follow the call of an announcement, which stays as it is."""

    tag: ClassVar[str] = "b1"
    call: str


@dataclass(frozen=True, slots=True)
class CheckAnnounced(Press):
    """Check the action of an announcement, by its short id; the announcement stays as it is."""

    tag: ClassVar[str] = "B1"
    action: str


@dataclass(frozen=True, slots=True)
class Help(Press):
    """What the assistant can do."""

    tag: ClassVar[str] = "j1"


@dataclass(frozen=True, slots=True)
class Privacy(Press):
    """What is kept about the person."""

    tag: ClassVar[str] = "y1"


@dataclass(frozen=True, slots=True)
class Forget(Press):
    """Ask once more before everything is deleted; with `sure`, delete."""

    tag: ClassVar[str] = "Y1"
    sure: bool


PRESSES = kinds(globals(), Press)
