"""The assessment of a case as plain data: what `erasmus-bot check --json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from erasmus.assessment import Assessment, decided_by_others
from erasmus.cases import Case
from erasmus.conditions import Verdict
from erasmus.library import Library
from erasmus.rules import Finding
from erasmus.sources import Citation
from erasmus.words import Language


def case_report(library: Library, case: Case, language: Language) -> dict[str, Any]:
    """Return the assessment of every action that has rules, as JSON data in one language."""
    return {
        "lang": str(language),
        "as_of": case.on.isoformat(),
        "assessments": [
            _assessment(library, library.assess(action, case), language)
            for action in library.assessed
        ],
    }


def _assessment(library: Library, assessed: Assessment, language: Language) -> Mapping[str, Any]:
    return {
        "action": assessed.action.id,
        "verdict": str(assessed.outcome),
        "because": [_finding(library, finding, language) for finding in assessed.findings],
        "would_change": [
            {
                "fact": change.fact,
                "to": change.to,
                "from_date": change.from_date.isoformat() if change.from_date else None,
            }
            for change in assessed.changes
        ],
        "open_questions": sorted(assessed.open_questions),
    }


def _finding(library: Library, finding: Finding, language: Language) -> Mapping[str, Any]:
    rule = finding.rule
    unmet = bool(finding.verdict.value == "unmet")
    theirs = finding.verdict is Verdict.OPEN and decided_by_others(finding)
    decider = library.deciders[rule.decides].name.in_(language) if rule.decides else None
    return {
        "rule": rule.id,
        "verdict": finding.verdict.value,
        "says": rule.says.in_(language),
        "remedy": rule.remedy.in_(language) if unmet else None,
        "decides": decider if theirs else None,
        "source": _source(library, rule.source),
    }


def _source(library: Library, citation: Citation) -> Mapping[str, str]:
    source = library.sources[citation.id]
    return {
        "title": source.title,
        "url": source.url,
        "section": citation.section,
        "status": str(source.status),
        "checked": source.checked.isoformat(),
    }
