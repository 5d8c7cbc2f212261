"""Search: what people type on whatever keyboard they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erasmus.library import Library
from erasmus.search import Hit, Index, Kind, fold
from erasmus.words import Language
from tests.erasmus.cases import properties
from tests.erasmus.typing_habits import without_special_letters


@pytest.fixture(scope="module")
def index(library: Library) -> Index:
    """All shipped actions, fields and calls."""
    return Index(library, library.calls)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("кыргызча ондук", "кыргызча өңдүк"),
        ("омур", "өмүр"),
        ("казакстан", "қазақстан"),
        ("гылым", "ғылым"),
        ("агаш", "ағаш"),
        ("уйым", "ұйым"),
        ("билим", "білім"),
        ("ане", "әне"),
        ("еще", "ещё"),
        ("каhарман", "қаhарман"),
    ],
)
def test_letters_that_a_russian_keyboard_lacks_are_folded(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Erasmus   MUNDUS ", "erasmus mundus"),
        ("Erasmus+", "erasmus+"),
        ("«Жан Моне»: кафедра!", "жан моне кафедра"),
        ("EMAI — искусственный интеллект", "emai искусственный интеллект"),
        ("5–30 дней", "5 30 дней"),
        ("?!…", ""),
        ("", ""),
    ],
)
def test_case_spaces_and_punctuation_do_not_matter(text: str, folded: str) -> None:
    assert folded == fold(text)


def found(index: Index, query: str, limit: int = 5) -> list[str]:
    return [hit.id for hit in index.find(query, limit)]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Erasmus Mundus scholarship", "emjm_scholarship"),
        ("erasmus mundus", "emjm_scholarship"),
        ("Traineeship after graduation", "icm_traineeship_recent_graduate"),
        ("volunteering", "esc_volunteering"),
        ("волонтерство", "esc_volunteering"),
        ("Jean Monnet chair", "jean_monnet_chair"),
        ("EMAI", "emjm-emai-2027"),
        ("emai", "emjm-emai-2027"),
        ("Europhotonics", "emjm-europhotonics-2027"),
        ("PlantHealth", "emjm-planthealth-2027"),
        ("CBHE", "cbhe"),
    ],
)
def test_a_name_finds_its_thing(index: Index, query: str, wanted: str) -> None:
    assert wanted in found(index, query)


@pytest.mark.parametrize("query", ["europhotonic", "erasmus mundis", "planthelth", "volunteerng"])
def test_a_slip_of_the_finger_is_forgiven(index: Index, query: str) -> None:
    assert index.find(query)


def test_everything_is_found_by_its_own_names_in_every_language(
    library: Library, index: Index
) -> None:
    lost = [
        (action.id, text)
        for action in library.actions.values()
        for words in (action.label, action.name)
        for text in words.values()
        if (Kind.ACTION, action.id) not in [(h.kind, h.id) for h in index.find(text)]
    ]

    assert [] == lost


def test_kyrgyz_and_kazakh_names_are_found_without_their_letters(
    library: Library, index: Index
) -> None:
    lost = [
        (action.id, text)
        for action in library.actions.values()
        for words in (action.label, action.name)
        for text in (words[Language.KY], words[Language.KK])
        if action.id not in found(index, without_special_letters(text))
    ]

    assert [] == lost


def test_every_call_is_found_by_its_title(library: Library, index: Index) -> None:
    """Titles of one programme in two years are the same: then both are found."""
    lost = [
        (call.id, text)
        for call in library.calls
        for text in call.title.values()
        if call.id not in found(index, text, limit=8)
    ]

    assert [] == lost


@pytest.mark.parametrize("query", ["", "   ", "?!", "🙂"])
def test_nothing_typed_finds_nothing(index: Index, query: str) -> None:
    assert [] == index.find(query)


@pytest.mark.parametrize("query", ["zzzzzz", "ққққққ", "1234567890"])
def test_nonsense_finds_nothing(index: Index, query: str) -> None:
    assert [] == index.find(query)


@pytest.mark.parametrize(
    ("query", "field"),
    [("программирование", "computing"), ("medicine", "health"), ("химия", "science")],
)
def test_a_subject_finds_its_field_of_study(index: Index, query: str, field: str) -> None:
    assert (Kind.FIELD, field) in [(hit.kind, hit.id) for hit in index.find(query)]


def test_every_keyword_finds_what_it_stands_for(library: Library, index: Index) -> None:
    keywords = {thing.id: thing.keywords for thing in library.actions.values()}
    keywords |= {thing.id: thing.keywords for thing in library.fields.values()}
    lost = [
        (name, keyword)
        for name, words in keywords.items()
        for keyword in words
        if name not in found(index, keyword, limit=8)
    ]

    assert [] == lost


def test_hits_come_best_first_and_once(index: Index) -> None:
    hits = index.find("erasmus mundus master", limit=10)

    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]
    assert len({(hit.kind, hit.id) for hit in hits}) == len(hits)


def test_no_more_is_found_than_was_asked_for(index: Index) -> None:
    assert 2 == len(index.find("erasmus", limit=2))
    assert [] == index.find("erasmus", limit=0)


def test_an_exact_name_scores_full(index: Index) -> None:
    assert Hit(Kind.ACTION, "icm_study", 100) in index.find("Study exchange")


@properties
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(text) == fold(fold(text))


@properties
@given(st.text(max_size=40))
def test_whatever_is_typed_never_fails(index: Index, text: str) -> None:
    assert len(index.find(text)) <= 5
