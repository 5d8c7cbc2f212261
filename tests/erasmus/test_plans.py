"""Plans: counted backwards from the deadline, through chains of papers."""

from datetime import date, timedelta

import pytest

from erasmus.library import Library
from erasmus.plans import Checklist, ItemState, Plan, PlannedItem, Progress, Stage, plan
from tests.erasmus.cases import case
from tests.erasmus.papers import SOMETHING, item

TODAY = date(2026, 11, 21)
DEADLINE = date(2026, 12, 21)
DONE, WORKING = ItemState.DONE, ItemState.WORKING

CHAIN = [
    item("transcript", 10),
    item("translation", 5, ["transcript"]),
    item("form", 2, ["translation"]),
]


def planned(found: Plan, name: str) -> PlannedItem:
    return next(p for p in found.items if p.item.id == name)


def state(value: ItemState, since: date = TODAY) -> Progress:
    return Progress(value, since)


def test_a_paper_starts_its_days_before_the_deadline() -> None:
    found = planned(plan([item("cv", 3)], {}, DEADLINE, TODAY), "cv")

    assert date(2026, 12, 18) == found.start_by
    assert DEADLINE == found.finish_by
    assert date(2026, 11, 24) == found.ready


def test_a_chain_is_counted_backwards_through_what_needs_what() -> None:
    found = plan(CHAIN, {}, DEADLINE, TODAY)

    assert date(2026, 12, 19) == planned(found, "form").start_by
    assert date(2026, 12, 14) == planned(found, "translation").start_by
    assert date(2026, 12, 4) == planned(found, "transcript").start_by


def test_a_chain_is_ready_when_its_parts_follow_each_other() -> None:
    found = plan(CHAIN, {}, DEADLINE, TODAY)

    assert date(2026, 12, 1) == planned(found, "transcript").ready
    assert date(2026, 12, 6) == planned(found, "translation").ready
    assert date(2026, 12, 8) == planned(found, "form").ready


def test_a_paper_needed_by_two_is_due_for_the_earlier_one() -> None:
    items = [item("diploma", 5), item("copy", 2, ["diploma"]), item("translation", 9, ["diploma"])]
    found = planned(plan(items, {}, DEADLINE, TODAY), "diploma")

    assert date(2026, 12, 12) == found.finish_by
    assert date(2026, 12, 7) == found.start_by


def test_a_done_paper_no_longer_pulls_what_it_needed() -> None:
    found = plan(CHAIN, {"translation": state(DONE)}, DEADLINE, TODAY)

    assert DEADLINE == planned(found, "transcript").finish_by
    assert date(2026, 12, 11) == planned(found, "transcript").start_by


def test_a_done_paper_is_ready_today_for_what_needs_it() -> None:
    found = plan(CHAIN, {"transcript": state(DONE)}, DEADLINE, TODAY)

    assert TODAY == planned(found, "transcript").ready
    assert date(2026, 11, 26) == planned(found, "translation").ready


def test_a_paper_in_work_is_counted_from_the_day_it_was_begun() -> None:
    since = TODAY - timedelta(days=4)
    found = plan(CHAIN, {"transcript": state(WORKING, since)}, DEADLINE, TODAY)

    assert date(2026, 11, 27) == planned(found, "transcript").ready
    assert date(2026, 12, 2) == planned(found, "translation").ready


def test_a_paper_in_work_for_too_long_is_expected_today() -> None:
    since = TODAY - timedelta(days=60)
    found = plan(CHAIN, {"transcript": state(WORKING, since)}, DEADLINE, TODAY)

    assert TODAY == planned(found, "transcript").ready


@pytest.mark.parametrize(("days_before", "late"), [(10, []), (9, ["transcript"])])
def test_an_open_paper_is_late_when_its_day_to_begin_is_over(
    days_before: int, late: list[str]
) -> None:
    found = plan([item("transcript", 10)], {}, DEADLINE, DEADLINE - timedelta(days=days_before))

    assert late == [p.item.id for p in found.late]


def test_of_a_chain_only_what_should_have_begun_is_late() -> None:
    found = plan(CHAIN, {}, DEADLINE, DEADLINE - timedelta(days=16))

    assert ["transcript"] == [p.item.id for p in found.late]


def test_the_end_of_a_chain_that_no_longer_fits_does_not_come_in_time() -> None:
    """The first papers still can be there by the deadline, the form cannot."""
    found = plan(CHAIN, {}, DEADLINE, DEADLINE - timedelta(days=16))

    assert ["transcript", "translation"] == [p.item.id for p in found.in_time]


def test_a_chain_that_fits_comes_in_time_as_a_whole() -> None:
    found = plan(CHAIN, {}, DEADLINE, DEADLINE - timedelta(days=17))

    assert () == found.late
    assert [i.id for i in CHAIN] == [p.item.id for p in found.in_time]


def test_a_done_paper_is_never_late() -> None:
    found = plan([item("transcript", 10)], {"transcript": state(DONE)}, DEADLINE, DEADLINE)

    assert not planned(found, "transcript").late
    assert () == found.late == found.in_time


@pytest.mark.parametrize(("begun_ago", "late"), [(8, False), (7, True)])
def test_a_paper_in_work_is_late_when_it_will_come_after_the_deadline(
    begun_ago: int, late: bool
) -> None:
    today = DEADLINE - timedelta(days=2)
    in_work = {"transcript": state(WORKING, today - timedelta(days=begun_ago))}
    found = plan([item("transcript", 10)], in_work, DEADLINE, today)

    assert late is planned(found, "transcript").late


def test_a_paper_in_work_is_not_counted_among_those_to_begin() -> None:
    today = DEADLINE - timedelta(days=2)
    found = plan([item("transcript", 10)], {"transcript": state(WORKING, today)}, DEADLINE, today)

    assert () == found.late == found.in_time


def test_without_a_deadline_there_are_states_and_no_dates() -> None:
    found = plan(CHAIN, {"transcript": state(DONE)}, None, TODAY)

    assert {None} == {date for p in found.items for date in (p.start_by, p.finish_by, p.ready)}
    assert 1 == found.done
    assert () == found.late


def test_what_comes_after_selection_has_no_dates_and_does_not_count() -> None:
    items = [item("form", 2), item("visa", 45, ["form"], Stage.AFTER)]
    found = plan(items, {"visa": state(DONE)}, DEADLINE, TODAY)

    assert planned(found, "visa").start_by is None
    assert DEADLINE == planned(found, "form").finish_by
    assert ["form"] == [p.item.id for p in found.before]
    assert ["visa"] == [p.item.id for p in found.after]
    assert 0 == found.done


def test_papers_keep_the_order_of_the_checklist() -> None:
    found = plan([*reversed(CHAIN)], {}, DEADLINE, TODAY)

    assert ["form", "translation", "transcript"] == [p.item.id for p in found.items]


def test_a_paper_that_is_not_needed_leaves_the_chain_to_the_others() -> None:
    """The form needs it in the list, but this person does not."""
    items = [item("transcript", 10), item("form", 2, ["transcript", "diploma"])]
    found = plan(items, {}, DEADLINE, TODAY)

    assert date(2026, 12, 3) == planned(found, "form").ready


def test_a_condition_keeps_the_paper_until_it_is_answered_with_no() -> None:
    only = {"fact": "enrolled_level", "in": ["bachelor"]}
    checklist = Checklist(
        id="list", name=SOMETHING, items=(item("statement", only_if=only), item("cv"))
    )

    def kept(**facts: str) -> list[str]:
        return [i.id for i in checklist.for_case(case(**facts))]

    assert ["statement", "cv"] == kept(enrolled_level="bachelor")
    assert ["statement", "cv"] == kept()
    assert ["statement", "cv"] == kept(enrolled_level="unsure")
    assert ["cv"] == kept(enrolled_level="none")


def test_every_checklist_can_be_planned_for_everybody(library: Library) -> None:
    """The longest chain of each list, so that nobody is told to begin before today for nothing."""
    for checklist in library.checklists.values():
        found = plan(checklist.items, {}, TODAY + timedelta(days=200), TODAY)

        assert () == found.late, checklist.id


def test_the_form_of_a_master_goes_off_a_week_early_as_its_text_says(library: Library) -> None:
    """Some systems write to the referees only then; they were left three days or none."""
    deadline = date(2027, 1, 31)
    made = plan(library.checklists["emjm"].items, {}, deadline, date(2026, 10, 1))
    form = next(planned for planned in made.before if planned.item.id == "form")

    assert form.finish_by == deadline - timedelta(days=7)
