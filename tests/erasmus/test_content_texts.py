"""Every shipped text fits its place and is what Telegram can show."""

import re
from collections.abc import Iterable
from datetime import date

import pytest

from erasmus.actions import Action
from erasmus.conditions import Verdict
from erasmus.facts import Value
from erasmus.loading import load_library
from erasmus.rules import Finding
from erasmus.words import Language, Words
from tests.erasmus.content_texts import Tags, labels, signs, texts, width

LIBRARY = load_library()
DAY = date(2026, 11, 21)
MESSAGE = 4096
"""Signs in one Telegram message, without tags."""

FRAME = 300
"""Room for the headline and the line above the sources."""

MARKS = 10
CHANGE_LINE = 100
SOURCE_LINE = 50
BUTTON, LINE = 28, 36
"""Signs that fit a button of one column, and the names in the list of answers."""


def too_wide(found: Iterable[tuple[str, Words]], language: Language, most: int) -> list[str]:
    return [f"{name}: {words[language]}" for name, words in found if width(words[language]) > most]


@pytest.mark.parametrize("language", Language)
def test_every_label_fits_a_button_of_one_column(language: Language) -> None:
    assert too_wide(labels(LIBRARY), language, BUTTON) == []


@pytest.mark.parametrize("language", Language)
def test_the_name_of_every_answer_fits_its_line(language: Language) -> None:
    names = ((question.fact, question.label) for question in LIBRARY.questions)

    assert too_wide(names, language, LINE) == []


@pytest.mark.parametrize("language", Language)
def test_labels_are_plain(language: Language) -> None:
    """Buttons show tags and entities as they are written."""
    marked = [name for name, words in labels(LIBRARY) if re.search(r"<|>|&\w+;", words[language])]

    assert marked == []


@pytest.mark.parametrize("language", Language)
def test_texts_are_html_with_bold_and_italic_at_most(language: Language) -> None:
    for name, words in texts(LIBRARY):
        tags = Tags(words[language])

        assert tags.used <= {"b", "i"}, name
        assert tags.balanced, name
        assert tags.open == [], name


@pytest.mark.parametrize("language", Language)
def test_an_ampersand_is_written_as_html_wants_it(language: Language) -> None:
    labelled = {id(words) for _, words in labels(LIBRARY)}
    bare = [
        name
        for name, words in texts(LIBRARY)
        if id(words) not in labelled and re.search(r"&(?!amp;|lt;|gt;)", words[language])
    ]

    assert bare == []


@pytest.mark.parametrize("language", Language)
def test_texts_have_no_stray_spaces(language: Language) -> None:
    stray = [
        (name, words[language])
        for name, words in texts(LIBRARY)
        if words[language] != words[language].strip() or "  " in words[language]
    ]

    assert stray == []


WORST: dict[str, Value] = {
    "home_country": "DE",
    "residence": "DE",
    "kind": "conference",
    "months_used": 11,
    "months_wanted": 13,
    "days_wanted": 61,
    "virtual_part": False,
    "agreement": False,
    "field_in_agreement": False,
    "home_criteria_met": False,
    "year_of_study": 2,
    "programme_years": 4,
    "selected_while_enrolled": False,
    "months_since_graduation": 9,
    "traineeship_host": "eu_institution",
    "degree_held": "none",
    "emjm_scholarship_before": True,
    "other_eu_scholarship": True,
    "full_time": False,
    "employer": "other",
    "staff_kind": "administrative",
    "teaching_hours": 1,
}
"""A person whom every rule refuses that can."""


def shown(finding: Finding, language: Language) -> int:
    """Return the signs of one rule on a card; a change to yes or no is said by its remedy."""
    rule = finding.rule
    if finding.verdict is Verdict.MET:
        return MARKS + signs(rule.says, language)
    changes = [change for change in finding.changes if change.to not in {"true", "false"}]
    return (
        MARKS
        + signs(rule.says, language)
        + signs(rule.remedy, language)
        + CHANGE_LINE * len(changes)
    )


def card(action: Action, level: str, language: Language) -> int:
    """Return the signs of a card with the verdict on the worst person of a level."""
    found = LIBRARY.assess(action, LIBRARY.case({**WORST, "enrolled_level": level}, DAY))
    cited = {rule.source.id for rule in LIBRARY.rules_of(action)}
    return (
        FRAME
        + signs(action.name, language)
        + sum(shown(finding, language) for finding in found.findings)
        + sum(SOURCE_LINE + len(LIBRARY.sources[name].title) for name in cited)
    )


@pytest.mark.parametrize("language", Language)
def test_the_card_of_every_action_fits_a_message(language: Language) -> None:
    """What each rule says, what to do, what would change it, and all sources."""
    levels = LIBRARY.facts["enrolled_level"].values
    cards = {
        action.id: max(card(action, level, language) for level in levels)
        for action in LIBRARY.assessed
    }

    assert {name: long for name, long in cards.items() if long > MESSAGE} == {}


@pytest.mark.parametrize("language", Language)
def test_what_is_told_about_every_action_fits_a_message(language: Language) -> None:
    told = {
        action.id: FRAME
        + sum(signs(w, language) for w in (action.name, action.summary, action.apply))
        + signs(action.funding, language)
        + sum(len(LIBRARY.sources[c.id].title) + SOURCE_LINE for c in action.citations)
        for action in LIBRARY.actions.values()
    }

    assert {name: long for name, long in told.items() if long > MESSAGE} == {}


@pytest.mark.parametrize("language", Language)
def test_every_checklist_fits_a_message(language: Language) -> None:
    """A line per paper with its days, names only."""
    lists = {
        checklist.id: FRAME + sum(signs(i.label, language) + 40 for i in checklist.items)
        for checklist in LIBRARY.checklists.values()
    }

    assert {name: long for name, long in lists.items() if long > MESSAGE} == {}
