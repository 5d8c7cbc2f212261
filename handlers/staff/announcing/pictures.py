"""The report of an announcement as a picture, for a meeting or a letter."""

from __future__ import annotations

from collections.abc import Sequence

from erasmus.announcements import Announcement, CorrectionKind
from erasmus.charts import Bar, Chart, Section
from handlers.screens import Screen
from handlers.staff.announcing import opening
from handlers.staff.announcing.describing import day_here, stage_name, title
from handlers.staff.announcing.presses import ReportPicture
from handlers.staff.desk import Desk
from locales import Texts
from locales.markup import as_plain
from locales.numbers import number
from storage import announcements, corrections
from storage.copies import Progress
from storage.corrections import Reach
from storage.deliveries import State

WAITING = (State.HELD, State.QUEUED, State.SENDING)


async def picture(desk: Desk, announcement: Announcement, _press: ReportPicture) -> Screen:
    """Draw what came of it; the picture comes as a message of its own, without buttons."""
    drawn = Screen("", media=await chart(desk, announcement), fresh=True)
    screen = await opening.present(desk, announcement)
    return Screen(screen.text, screen.rows, also=(drawn,))


async def chart(desk: Desk, announcement: Announcement) -> Chart:
    """Return what the picture says."""
    t = desk.t
    done = await announcements.progress(desk.c, announcement.id)
    texts = await announcements.texts(desk.c, announcement.id)
    day = day_here(desk, announcement.started_at or announcement.updated_at)
    sections = [Section(as_plain(t("What came of it")), _bars(t, done))]
    for one in reversed(await corrections.of_announcement(desk.c, announcement.id)):
        reach = await corrections.reach(desk.c, one)
        recalled = one.kind is CorrectionKind.RECALL
        heading = t("Recalled copies") if recalled else t("Corrected copies")
        if reach.done.total:
            sections.append(Section(as_plain(heading), _changed(t, reach)))
    about = f"{as_plain(desk.t.words(desk.office.name))} · {day}"
    gone = await announcements.recalled(desk.c, announcement.id)
    stage = as_plain(t("recalled") if gone else stage_name(t, announcement.stage))
    return Chart(f"{as_plain(title(t, announcement, texts))} · {stage}", about, tuple(sections))


def _bars(t: Texts, done: Progress) -> tuple[Bar, ...]:
    labels = (
        (t("Arrived"), (State.SENT,)),
        (t("Not reachable"), (State.UNREACHABLE,)),
        (t("Failed"), (State.FAILED,)),
        (t("Unknown"), (State.UNKNOWN,)),
        (t("Not sent any more"), (State.CANCELLED,)),
        (t("Waiting"), WAITING),
    )
    return _drawn(t, [(label, done.of(*states)) for label, states in labels])


def _changed(t: Texts, reach: Reach) -> tuple[Bar, ...]:
    done = reach.done
    return _drawn(
        t,
        [
            (t("Changed"), done.of(State.SENT) - reach.deleted),
            (t("Deleted by their readers before"), reach.deleted),
            (t("Not reachable"), done.of(State.UNREACHABLE)),
            (t("Failed"), done.of(State.FAILED)),
            (t("Unknown"), done.of(State.UNKNOWN)),
            (t("Not sent any more"), done.of(State.CANCELLED)),
            (t("Waiting"), reach.waiting),
        ],
    )


def _drawn(t: Texts, counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """Return a bar for each count; what did not happen is left out, but for the first."""
    return tuple(
        Bar(as_plain(label), float(n), number(t.language, n))
        for place, (label, n) in enumerate(counts)
        if n or not place
    )
