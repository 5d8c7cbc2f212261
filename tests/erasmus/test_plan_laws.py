"""What holds for every plan, whatever needs what and however far people are."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from erasmus.plans import Item, ItemState, Progress, Stage, plan
from tests.erasmus.cases import properties
from tests.erasmus.papers import item

TODAY = date(2026, 11, 21)
DONE = ItemState.DONE
NAMES = [f"paper{n}" for n in range(7)]
STATES = st.sampled_from([None, *ItemState])


@st.composite
def checklists(draw: st.DrawFn) -> list[Item]:
    """Return papers that need only papers before them."""
    return [
        item(
            name,
            draw(st.integers(0, 60)),
            [need for need in NAMES[:place] if draw(st.booleans())],
            draw(st.sampled_from([Stage.BEFORE, Stage.BEFORE, Stage.AFTER])),
        )
        for place, name in enumerate(NAMES[: draw(st.integers(1, len(NAMES)))])
    ]


@st.composite
def progresses(draw: st.DrawFn) -> dict[str, Progress]:
    told = {name: draw(STATES) for name in NAMES}
    ago = timedelta(days=draw(st.integers(0, 40)))
    return {name: Progress(value, TODAY - ago) for name, value in told.items() if value}


DEADLINES = st.dates(TODAY, TODAY + timedelta(days=400))


@properties
@given(checklists(), progresses(), DEADLINES)
def test_every_plan_starts_before_it_finishes_and_finishes_by_the_deadline(
    items: list[Item], progress: dict[str, Progress], deadline: date
) -> None:
    for found in plan(items, progress, deadline, TODAY).before:
        assert found.start_by is not None
        assert found.finish_by is not None
        assert found.ready is not None
        assert found.start_by <= found.finish_by <= deadline
        assert found.ready >= TODAY


@properties
@given(checklists(), progresses(), DEADLINES)
def test_what_is_needed_is_finished_before_what_needs_it_starts(
    items: list[Item], progress: dict[str, Progress], deadline: date
) -> None:
    found = plan(items, progress, deadline, TODAY)
    before = {p.item.id: p for p in found.before}
    for later in before.values():
        for need in later.item.needs:
            earlier = before.get(need)
            if earlier and later.state is not DONE:
                assert earlier.finish_by is not None
                assert later.start_by is not None
                assert earlier.finish_by <= later.start_by


@properties
@given(checklists(), progresses(), DEADLINES)
def test_a_paper_that_can_begin_today_in_time_is_not_late(
    items: list[Item], progress: dict[str, Progress], deadline: date
) -> None:
    """The two counts, backwards from the deadline and forwards from today, agree."""
    for found in plan(items, progress, deadline, TODAY).before:
        if found.state is ItemState.OPEN:
            assert found.start_by is not None
            assert found.finish_by is not None
            assert found.ready is not None
            assert found.late == (found.start_by < TODAY)
            assert not found.late or found.ready > found.finish_by


@properties
@given(checklists(), progresses(), DEADLINES)
def test_a_later_deadline_never_makes_a_paper_late(
    items: list[Item], progress: dict[str, Progress], deadline: date
) -> None:
    now = {p.item.id for p in plan(items, progress, deadline, TODAY).late}
    later = {p.item.id for p in plan(items, progress, deadline + timedelta(9), TODAY).late}

    assert later <= now
