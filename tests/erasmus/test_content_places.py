"""Countries and regions, and what is closed to Central Asia."""

from datetime import date

import pytest

from erasmus.library import Library


def test_groups_hold_countries_with_a_name(library: Library) -> None:
    for name, codes in library.groups.items():
        assert codes <= library.iso, name
        assert codes <= set(library.countries), name


def test_central_asia_is_region_six(library: Library) -> None:
    assert {"AF", "KZ", "KG", "TJ", "TM", "UZ"} == library.groups["central_asia"]


def test_thirty_three_countries_participate(library: Library) -> None:
    """27 of the EU, and North Macedonia, Serbia, Iceland, Liechtenstein, Norway, Türkiye."""
    participating = library.groups["participating"]

    assert 33 == len(participating)
    assert {"MK", "RS", "IS", "LI", "NO", "TR"} <= participating
    assert not {"GB", "CH", "UA", "KG", "KZ"} & participating


def test_nobody_is_in_two_regions(library: Library) -> None:
    assert frozenset() == library.groups["central_asia"] & library.groups["participating"]


def test_volunteers_live_in_participating_countries_or_their_neighbours(library: Library) -> None:
    group = library.groups["esc_residence"]

    assert library.groups["participating"] < group
    assert {"AL", "BA", "XK", "ME"} < group
    assert {"AM", "AZ", "BY", "GE", "MD", "UA"} < group
    assert {"DZ", "EG", "IL", "JO", "LB", "LY", "MA", "PS", "SY", "TN"} < group
    assert "RU" in group
    assert not group & library.groups["central_asia"]


CLOSED = {"cbvet", "virtual_exchange", "cb_youth", "cb_sport", "esc_volunteering"}


def test_what_is_closed_to_central_asia_is_marked_and_has_its_reason(library: Library) -> None:
    closed = {name for name, action in library.actions.items() if not action.open_to_region}

    assert closed == CLOSED
    assert [name for name in closed if not library.actions[name].rules] == []


@pytest.mark.parametrize("country", ["KG", "KZ"])
def test_what_is_closed_is_closed_to_everybody_who_lives_and_studies_here(
    library: Library, country: str
) -> None:
    case = library.case({"home_country": country, "residence": country}, date(2026, 11, 21))
    verdicts = {str(library.assess(library.actions[name], case).outcome) for name in CLOSED}

    assert {"not_eligible"} == verdicts
