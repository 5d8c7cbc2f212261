"""An office's numbers as one picture that a phone shows without a tap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from erasmus.charts import Bar, Chart, Row, Table
from erasmus.small_groups import SMALL
from handlers.staff import number_texts as texts
from handlers.staff.desk import Desk
from locales import ENDONYMS, Texts, dates
from locales.markup import as_plain
from storage.numbers import Numbers


def chart(desk: Desk, found: Numbers, weeks: Sequence[datetime]) -> Chart:
    """Return what the picture says: totals, languages, and the weeks in which anything happened."""
    t = desk.t
    today = desk.now.astimezone(ZoneInfo(desk.office.zone)).date()
    totals = [*texts.people(t, found), *texts.sent(t, found), *texts.answers(t, found.answers)]
    tables = (_languages(t, found), _weeks(t, found, weeks))
    return Chart(
        title=as_plain(t.words(desk.office.name)),
        about=as_plain(dates.day(t.language, today)),
        sections=(),
        totals=tuple((as_plain(name), as_plain(n)) for name, n in totals),
        tables=tuple(table for table in tables if table.rows),
    )


def _languages(t: Texts, found: Numbers) -> Table:
    known = {ENDONYMS[each]: n for each, n in found.languages.items()}
    told = texts.languages(t, found)
    others = found.people - sum(known.get(name, 0) for name, _ in told)
    rows = [Row(as_plain(name), (_bar(known.get(name, others), n),)) for name, n in told]
    return Table(as_plain(t("Languages")), (), tuple(rows))


def _weeks(t: Texts, found: Numbers, weeks: Sequence[datetime]) -> Table:
    names, new = texts.week_names(t, weeks), texts.newcomers(t, found)
    rows = [
        Row(
            as_plain(names[n]),
            (
                _bar(found.newcomers[n], new[n]),
                _bar(found.checks[n], texts.shown(t, found.checks[n])),
            ),
        )
        for n in texts.busy_weeks(found, weeks)
    ]
    heads = (as_plain(t("New people")), as_plain(t("Checks")))
    return Table(as_plain(t("Week by week")), heads, tuple(rows))


def _bar(value: int, text: str) -> Bar:
    """Return a bar; a hidden number must not be measured off the picture."""
    hidden = {f"<{SMALL}": 1.0, f"≥{SMALL}": float(SMALL), "–": 0.0}
    return Bar("", hidden.get(text, float(value)), text)
