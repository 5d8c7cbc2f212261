"""Check: the questionnaire without a chat, for facts in a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Final

from erasmus.facts import FactError, Facts, checked_facts
from erasmus.library import Library

MARKS: Final = {"met": "✓", "unmet": "✗", "open": "?"}


def read_facts(text: str, library: Library) -> Facts:
    """Read facts as a JSON object; raise FactError saying what is allowed."""
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise FactError(f"the facts are not JSON: {error}") from None
    if not isinstance(raw, dict):
        raise FactError('the facts are a JSON object, such as {"role": "student"}')
    return checked_facts(raw, library.facts, library.iso)


def as_json(report: Mapping[str, Any]) -> str:
    """Write a report for programs."""
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_text(report: Mapping[str, Any]) -> str:
    """Write a report for people: a line per action, under it the rules behind the verdict."""
    blocks = ["\n".join(_block(assessment)) for assessment in report["assessments"]]
    return unescape(re.sub(r"</?[bi]>", "", "\n\n".join(blocks)))


def _block(assessment: Mapping[str, Any]) -> Iterator[str]:
    yield f"{assessment['action']}: {assessment['verdict']}"
    for finding in assessment["because"]:
        source = finding["source"]
        yield f"  {MARKS[finding['verdict']]} {finding['says']} [{source['title']}]"
        if finding["remedy"]:
            yield f"    → {finding['remedy']}"
        if finding["decides"]:
            yield f"    → {finding['decides']}"
    for change in assessment["would_change"]:
        day = f", {change['from_date']}" if change["from_date"] else ""
        yield f"  + {change['fact']} = {change['to']}{day}"
    if assessment["open_questions"]:
        yield f"  … {', '.join(assessment['open_questions'])}"
