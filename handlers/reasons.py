"""Reasons: how one rule of a verdict is said, with the number of its source."""

from __future__ import annotations

from erasmus.assessment import decided_by_others
from erasmus.rules import Change, Finding
from erasmus.sources import Citation
from handlers.answers import said_change
from handlers.screens import lines
from handlers.turn import Turn
from locales import dates


class Sources:
    """Numbers the sources of a card in the order in which they appear."""

    def __init__(self, turn: Turn) -> None:
        self.turn, self.ids = turn, list[str]()

    def mark(self, citation: Citation) -> str:
        """Return the number of a source in brackets, after a space."""
        if citation.id not in self.ids:
            self.ids.append(citation.id)
        return f" [{self.ids.index(citation.id) + 1}]"

    def listed(self) -> str | None:
        """List the sources by number, with the day on which the oldest was checked."""
        if not self.ids:
            return None
        t = self.turn.t
        sources = [self.turn.library.sources[name] for name in self.ids]
        links = [
            t('[{n}] <a href="{url}">{title}</a>', n=n, url=source.url, title=source.title)
            for n, source in enumerate(sources, start=1)
        ]
        oldest = dates.day(t.language, min(source.checked for source in sources))
        return lines(t("<b>Sources</b>, checked on {day}", day=oldest), *links)


def unmet(turn: Turn, finding: Finding, sources: Sources) -> str:
    """Say a rule that is not met, what helps, and what would change it."""
    t, rule = turn.t, finding.rule
    return lines(
        f"❌ {t.words(rule.says)}{sources.mark(rule.source)}",
        f"→ {t.words(rule.remedy)}",
        *(_change(turn, change) for change in finding.changes),
    )


def _change(turn: Turn, change: Change) -> str | None:
    """Say which answer would turn the no into a yes, and from when."""
    t = turn.t
    question = next((q for q in turn.library.questions if q.fact == change.fact), None)
    if question is None or change.to in {"true", "false"}:
        return None  # the remedy says it better
    label, value = t.words(question.label), said_change(turn, change)
    if change.from_date is None:
        return t("💡 It would fit with this answer: “{label}: {value}”", label=label, value=value)
    day = dates.day(t.language, change.from_date)
    return t(
        "💡 From {day} it would fit with this answer: “{label}: {value}”",
        label=label,
        value=value,
        day=day,
    )


def pending(turn: Turn, finding: Finding, sources: Sources) -> str:
    """Say a rule that is open, and who decides it."""
    t, rule = turn.t, finding.rule
    says = f"❔ {t.words(rule.says)}{sources.mark(rule.source)}"
    if rule.decides is None or not decided_by_others(finding):
        return says
    decider = turn.library.deciders[rule.decides]
    return lines(says, t("Who decides: {who}", who=t.words(decider.name)))
