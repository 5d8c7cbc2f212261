"""How far a correction or a recall is, in the report and in a live message of its own."""

from __future__ import annotations

from erasmus.announcements import LIVE, Correction, CorrectionKind, Stage
from erasmus.offices import Office
from handlers.screens import Go, Rows, Screen, lines, one_each, paragraphs
from handlers.staff.announcing.live import bar, leave_beside, trouble_line
from handlers.staff.announcing.presses import ShowAnnouncement, SteerCorrection
from locales import Texts, numbers
from storage.corrections import Reach
from storage.deliveries import State


def live_correction(t: Texts, office: Office, correction: Correction, reach: Reach) -> Screen:
    """Show how far it is, with what can be done."""
    number, stage = correction.announcement_id, how_far(t, correction)
    if correction.kind is CorrectionKind.CORRECT:
        heading = t(
            "✏️ <b>Correction of announcement {number}: {stage}</b>", number=number, stage=stage
        )
    else:
        heading = t("↩️ <b>Recall of announcement {number}: {stage}</b>", number=number, stage=stage)
    text = paragraphs(
        heading,
        bar(reach.total - reach.waiting, reach.total),
        reached(t, correction, reach),
    )
    report = Go(t.label("button", "Report"), ShowAnnouncement(office.id, number))
    rows = (*steering(t, office, correction), *one_each([report]), leave_beside(t, office))
    return Screen(text, rows)


def how_far(t: Texts, correction: Correction) -> str:
    """Name the stage of a correction."""
    return {
        Stage.SENDING: t("under way"),
        Stage.PAUSED: t("paused"),
        Stage.BRAKED: t("stopped by the brake"),
        Stage.STOPPED: t("ended early"),
    }.get(correction.stage, t("finished"))


def reached(t: Texts, correction: Correction, reach: Reach) -> str:
    """Say how many copies were changed, and what became of the others."""
    done = reach.done

    def number(n: int) -> str:
        return numbers.number(t.language, n)

    changed = done.of(State.SENT) - reach.deleted
    told = {
        State.UNREACHABLE: t("Not reachable: {n}", n=number(done.of(State.UNREACHABLE))),
        State.FAILED: t("Failed: {n}", n=number(done.of(State.FAILED))),
        State.UNKNOWN: t("Unknown: {n}", n=number(done.of(State.UNKNOWN))),
    }
    goes_on = correction.stage is Stage.SENDING and reach.waiting
    return lines(
        t("Changed: {n} of {total}", n=number(changed), total=number(reach.total)),
        t("Deleted by their readers before: {n}", n=number(reach.deleted))
        if reach.deleted
        else None,
        *(line for state, line in told.items() if done.of(state)),
        t("Waiting: {n}. It goes on by itself.", n=number(reach.waiting)) if goes_on else None,
        trouble_line(t, correction.problem) if correction.stage is Stage.BRAKED else None,
    )


def steering(t: Texts, office: Office, correction: Correction) -> Rows:
    """Return what can be done with a correction while it is under way."""
    if correction.stage not in LIVE:
        return ()
    on = correction.stage is not Stage.SENDING
    labels = {
        (CorrectionKind.CORRECT, False): t.label("button", "Pause the correction"),
        (CorrectionKind.CORRECT, True): t.label("button", "Go on correcting"),
        (CorrectionKind.RECALL, False): t.label("button", "Pause the recall"),
        (CorrectionKind.RECALL, True): t.label("button", "Go on recalling"),
    }
    press = SteerCorrection(office.id, correction.announcement_id, correction.id, on=on)
    return ((Go(labels[correction.kind, on], press),),)
