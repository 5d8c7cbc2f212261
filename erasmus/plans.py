"""Plans: which papers, from whom, and by when to start, counted backwards from the deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pydantic import NonNegativeInt

from erasmus.cases import Case
from erasmus.condition_tables import ContentCondition
from erasmus.conditions import Verdict
from erasmus.sources import Citation, Entry
from erasmus.words import CompleteWords


class ItemState(StrEnum):
    """How far a person is with one item."""

    OPEN = "open"
    WORKING = "working"
    DONE = "done"


class Stage(StrEnum):
    """Whether an item is needed before the deadline or after selection."""

    BEFORE = "before"
    AFTER = "after"


class Item(Entry):
    """One paper. `days_needed` is our planning estimate in calendar days, not a rule."""

    id: str
    short: str
    label: CompleteWords
    how: CompleteWords
    issuer: CompleteWords
    days_needed: NonNegativeInt
    needs: tuple[str, ...] = ()
    only_if: ContentCondition | None = None
    stage: Stage = Stage.BEFORE
    source: Citation


class Checklist(Entry):
    """The papers of an action, in the order in which they are shown."""

    id: str
    name: CompleteWords
    items: tuple[Item, ...]

    def for_case(self, case: Case) -> tuple[Item, ...]:
        """Return the items that the person may need; an unanswered condition keeps the item."""
        return tuple(
            item
            for item in self.items
            if item.only_if is None or item.only_if.read(case).verdict is not Verdict.UNMET
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """The state a person gave to an item, and since which day."""

    state: ItemState
    since: date


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item with its dates. All dates are None without a deadline and for the stage after it.

    `start_by` is the last day to begin, `finish_by` the day on which it must be there, `ready` the
    earliest day on which it can be there when everything open begins today. An open item is `late`
    when its day to begin is over, one in work when it will not be there in time.
    """

    item: Item
    state: ItemState
    start_by: date | None = None
    finish_by: date | None = None
    ready: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned items of one call or action."""

    items: tuple[PlannedItem, ...]
    deadline: date | None = None

    @property
    def done(self) -> int:
        """How many items of the stage before the deadline are done."""
        return sum(1 for planned in self.before if planned.state is ItemState.DONE)

    @property
    def before(self) -> tuple[PlannedItem, ...]:
        """The items that are needed before the deadline."""
        return tuple(p for p in self.items if p.item.stage is Stage.BEFORE)

    @property
    def after(self) -> tuple[PlannedItem, ...]:
        """The items that come after selection."""
        return tuple(p for p in self.items if p.item.stage is Stage.AFTER)

    @property
    def late(self) -> tuple[PlannedItem, ...]:
        """The open items whose day to begin is over."""
        return tuple(p for p in self._open if p.late)

    @property
    def in_time(self) -> tuple[PlannedItem, ...]:
        """The open items that can still be there by the deadline if everything begins today."""
        deadline = self.deadline or date.max
        return tuple(p for p in self._open if p.ready is None or p.ready <= deadline)

    @property
    def _open(self) -> tuple[PlannedItem, ...]:
        return tuple(p for p in self.before if p.state is ItemState.OPEN)


def plan(
    items: Sequence[Item], progress: Mapping[str, Progress], deadline: date | None, today: date
) -> Plan:
    """Plan items backwards from a deadline, through chains where one needs another."""
    states = {i.id: progress.get(i.id, Progress(ItemState.OPEN, today)) for i in items}
    if deadline is None:
        return Plan(tuple(PlannedItem(item, states[item.id].state) for item in items))
    before = [item for item in items if item.stage is Stage.BEFORE]
    finish_by = {item.id: _finish_by(item, before, states, deadline) for item in before}
    known = {item.id: item for item in before}
    planned = []
    for item in items:
        state = states[item.id].state
        if item.stage is Stage.AFTER:
            planned.append(PlannedItem(item, state))
            continue
        by = finish_by[item.id]
        start_by, ready = by - timedelta(item.days_needed), _ready(item, known, states, today)
        late = {
            ItemState.OPEN: today > start_by,
            ItemState.WORKING: ready > by,
            ItemState.DONE: False,
        }[state]
        planned.append(PlannedItem(item, state, start_by, by, ready, late))
    return Plan(tuple(planned), deadline)


def _finish_by(
    item: Item, items: Sequence[Item], states: Mapping[str, Progress], deadline: date
) -> date:
    dependents = [
        other
        for other in items
        if item.id in other.needs and states[other.id].state is not ItemState.DONE
    ]
    starts = [
        _finish_by(other, items, states, deadline) - timedelta(other.days_needed)
        for other in dependents
    ]
    return min(starts, default=deadline)


def _ready(
    item: Item, known: Mapping[str, Item], states: Mapping[str, Progress], today: date
) -> date:
    progress = states[item.id]
    if progress.state is ItemState.DONE:
        return today
    if progress.state is ItemState.WORKING:
        return max(today, progress.since + timedelta(item.days_needed))
    ready = [_ready(known[need], known, states, today) for need in item.needs if need in known]
    return max(ready, default=today) + timedelta(item.days_needed)
