"""Presses of announcements: its buttons at the desk, on one page. Their tags begin with `a`.

Whatever changes an announcement names the version that its presser saw, where that matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


@dataclass(frozen=True, slots=True)
class Announcements(StaffPress):
    """The list of an office's announcements."""

    tag: ClassVar[str] = "aa1"
    needs: ClassVar[Right] = Right.SEE
    page: int


@dataclass(frozen=True, slots=True)
class NewAnnouncement(StaffPress):
    """Begin to write one."""

    tag: ClassVar[str] = "ab1"
    needs: ClassVar[Right] = Right.WRITE


@dataclass(frozen=True, slots=True)
class ShowAnnouncement(StaffPress):
    """One announcement as it is now: a draft, on its way, or its report."""

    tag: ClassVar[str] = "ac1"
    needs: ClassVar[Right] = Right.SEE
    announcement: int


@dataclass(frozen=True, slots=True)
class WriteText(StaffPress):
    """The text of one language: the next message becomes it."""

    tag: ClassVar[str] = "ad1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class RemoveText(StaffPress):
    """Take the text of one language away."""

    tag: ClassVar[str] = "ae1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class Preview(StaffPress):
    """Every language exactly as it will look."""

    tag: ClassVar[str] = "af1"
    needs: ClassVar[Right] = Right.SEE
    announcement: int


@dataclass(frozen=True, slots=True)
class TryOnMyself(StaffPress):
    """Send all languages to the presser alone, as they will arrive."""

    tag: ClassVar[str] = "ag1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


@dataclass(frozen=True, slots=True)
class UnderIt(StaffPress):
    """The buttons that readers will see under it."""

    tag: ClassVar[str] = "ah1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


@dataclass(frozen=True, slots=True)
class ButtonChoices(StaffPress):
    """The choice of a button: `kind` is "c" (a call), "l" (a page) or "a" (an action)."""

    tag: ClassVar[str] = "ai1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    kind: str
    page: int


@dataclass(frozen=True, slots=True)
class AddButton(StaffPress):
    """Put a button under it: to follow a call, by its mark, or to check an action, by its id."""

    tag: ClassVar[str] = "aj1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class RemoveButton(StaffPress):
    """Take a button away, by its number; `count` is how many there were."""

    tag: ClassVar[str] = "ak1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class ChooseTopic(StaffPress):
    """The choice of a topic."""

    tag: ClassVar[str] = "al1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


@dataclass(frozen=True, slots=True)
class SetTopic(StaffPress):
    """What it is about."""

    tag: ClassVar[str] = "am1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    topic: str


@dataclass(frozen=True, slots=True)
class ForWhom(StaffPress):
    """Who will get it, with the count."""

    tag: ClassVar[str] = "an1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


@dataclass(frozen=True, slots=True)
class Narrow(StaffPress):
    """The choices of one side of the audience, by its letter."""

    tag: ClassVar[str] = "ao1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    side: str
    page: int


@dataclass(frozen=True, slots=True)
class SetSide(StaffPress):
    """Choose, or no longer, a value of one side of the audience; "-" lets everyone in."""

    tag: ClassVar[str] = "ap1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    side: str
    value: str
    on: bool
    page: int


@dataclass(frozen=True, slots=True)
class When(StaffPress):
    """When it leaves."""

    tag: ClassVar[str] = "aq1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


@dataclass(frozen=True, slots=True)
class ChooseHour(StaffPress):
    """The choice of an hour; the day as 2027-03-15."""

    tag: ClassVar[str] = "ar1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    day: str


@dataclass(frozen=True, slots=True)
class SetMoment(StaffPress):
    """Leave at this hour of this day in the office's zone; the day "-": at once."""

    tag: ClassVar[str] = "as1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    day: str
    hour: int


@dataclass(frozen=True, slots=True)
class SetWindow(StaffPress):
    """Leave only between these local hours; both 0: at any."""

    tag: ClassVar[str] = "at1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SetPaid(StaffPress):
    """Pay for speed, or don't."""

    tag: ClassVar[str] = "au1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    on: bool


@dataclass(frozen=True, slots=True)
class Confirm(StaffPress):
    """The last look before it is sent."""

    tag: ClassVar[str] = "av1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class Send(StaffPress):
    """Send the version that was looked at."""

    tag: ClassVar[str] = "aw1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    version: int


@dataclass(frozen=True, slots=True)
class Second(StaffPress):
    """Confirm what a colleague wrote, or refuse it, in the version that was looked at."""

    tag: ClassVar[str] = "ax1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    version: int
    yes: bool


@dataclass(frozen=True, slots=True)
class TakeBack(StaffPress):
    """Make it a draft again: it waits for a colleague, or for its time."""

    tag: ClassVar[str] = "ay1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int


@dataclass(frozen=True, slots=True)
class Pause(StaffPress):
    """Stop sending for now."""

    tag: ClassVar[str] = "az1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class GoOn(StaffPress):
    """Go on sending after a pause or the brake."""

    tag: ClassVar[str] = "aA1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class Stop(StaffPress):
    """Ask once more before the rest is never sent; with `sure`, stop."""

    tag: ClassVar[str] = "aB1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    sure: bool


@dataclass(frozen=True, slots=True)
class DeleteDraft(StaffPress):
    """Ask once more before a draft is thrown away; with `sure`, do it."""

    tag: ClassVar[str] = "aC1"
    needs: ClassVar[Right] = Right.WRITE
    announcement: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Uncertain(StaffPress):
    """Those of whom nobody knows whether it arrived."""

    tag: ClassVar[str] = "aD1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    page: int


@dataclass(frozen=True, slots=True)
class SendAgain(StaffPress):
    """Send one of those copies again, or all (0); first asked, with `sure` done."""

    tag: ClassVar[str] = "aE1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    copy: int
    sure: bool


@dataclass(frozen=True, slots=True)
class ReportFile(StaffPress):
    """The report as a table."""

    tag: ClassVar[str] = "aF1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class ReportPicture(StaffPress):
    """The report as a picture."""

    tag: ClassVar[str] = "aM1"
    needs: ClassVar[Right] = Right.SEE
    announcement: int


@dataclass(frozen=True, slots=True)
class Change(StaffPress):
    """Correct or recall what has arrived."""

    tag: ClassVar[str] = "aG1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class CorrectText(StaffPress):
    """The corrected text of one language: the next message becomes it."""

    tag: ClassVar[str] = "aH1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class DropCorrection(StaffPress):
    """Forget the corrected texts."""

    tag: ClassVar[str] = "aI1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class PreviewCorrection(StaffPress):
    """Every corrected language as it will look."""

    tag: ClassVar[str] = "aJ1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int


@dataclass(frozen=True, slots=True)
class Correct(StaffPress):
    """Ask once more before every copy is corrected; with `sure`, do it."""

    tag: ClassVar[str] = "aK1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Recall(StaffPress):
    """Ask once more before every copy is withdrawn; with `sure`, do it."""

    tag: ClassVar[str] = "aL1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Beside(StaffPress):
    """The list of announcements, beside the live message, which stays."""

    tag: ClassVar[str] = "aN1"
    needs: ClassVar[Right] = Right.SEE


@dataclass(frozen=True, slots=True)
class SteerCorrection(StaffPress):
    """Let a correction or a recall go on, or pause it."""

    tag: ClassVar[str] = "aO1"
    needs: ClassVar[Right] = Right.PUBLISH
    announcement: int
    correction: int
    on: bool


@dataclass(frozen=True, slots=True)
class ToTranslate(StaffPress):
    """The drafts that lack a language."""

    tag: ClassVar[str] = "aP1"
    needs: ClassVar[Right] = Right.TRANSLATE


@dataclass(frozen=True, slots=True)
class FillText(StaffPress):
    """Write a language that is missing; with "-", choose one of them."""

    tag: ClassVar[str] = "aQ1"
    needs: ClassVar[Right] = Right.TRANSLATE
    announcement: int
    language: str


PRESSES = kinds(globals(), StaffPress)
