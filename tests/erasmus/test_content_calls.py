"""Every shipped date has its reason; nothing that was guessed is stated as a fact."""

from datetime import date, datetime

from erasmus.calls import Call, CallStatus
from erasmus.content_calls import SeededCall
from erasmus.library import Library
from erasmus.sources import SourceStatus
from tests.erasmus.calls import wall


def test_a_projection_says_what_it_is_based_on(library: Library) -> None:
    silent = [
        call.id for call in library.calls if call.expected and not (call.based_on or call.note)
    ]

    assert silent == []


def test_a_projection_without_a_year_behind_it_says_so_in_a_note(library: Library) -> None:
    projections = [call for call in library.calls if call.expected]

    assert [call.id for call in projections if call.based_on is None and call.note is None] == []


def test_a_projection_repeats_the_day_and_month_that_were_last_seen(library: Library) -> None:
    moved = [
        call.id
        for call in library.calls
        if call.based_on is not None
        and (call.based_on.month, call.based_on.day)
        != (call.closing_day().month, call.closing_day().day)
    ]

    assert moved == []


def test_a_projection_looks_ahead_of_what_it_is_based_on(library: Library) -> None:
    backwards = [
        call.id
        for call in library.calls
        if call.based_on is not None and call.based_on >= call.closing_day()
    ]

    assert backwards == []


def test_what_only_a_third_party_says_is_never_stated_as_a_fact(library: Library) -> None:
    stated = [
        call.id
        for call in library.calls
        if not call.expected and library.sources[call.source_id].status is SourceStatus.THIRD_PARTY
    ]

    assert stated == []


def test_a_date_that_a_programme_stated_comes_from_its_own_page(library: Library) -> None:
    elsewhere = [
        call.id
        for call in library.calls
        if call.status is CallStatus.PROGRAMME_PAGE
        and library.sources[call.source_id].status is not SourceStatus.LOCAL
    ]

    assert elsewhere == []


def test_an_official_date_has_an_official_source_or_a_copy_that_is_named(library: Library) -> None:
    weights = {SourceStatus.OFFICIAL, SourceStatus.CALL_MIRROR}
    for call in library.calls:
        if call.status is CallStatus.OFFICIAL:
            source = library.sources[call.source_id]
            assert source.status in weights, call.id
            assert call.note is not None or source.status is SourceStatus.OFFICIAL, call.id


def test_the_calls_of_2026_are_those_that_were_found(library: Library) -> None:
    expected = {
        "cbhe": "2026-02-10T17:00:00+01:00",
        "emjm_consortium": "2026-02-12T17:00:00+01:00",
        "emdm": "2026-02-12T17:00:00+01:00",
        "jean_monnet_module": "2026-02-03T17:00:00+01:00",
        "jean_monnet_chair": "2026-02-03T17:00:00+01:00",
        "jean_monnet_centre": "2026-02-03T17:00:00+01:00",
    }
    official = {
        call.action: call.closes.isoformat()
        for call in library.calls
        if call.status is CallStatus.OFFICIAL and call.closing_day().year == 2026
    }

    assert expected == official


def test_what_is_expected_of_masters_repeats_the_dates_that_were_found(library: Library) -> None:
    """The day last seen of each programme, as the research lists them."""
    expected = {
        "emjm-emai-2027": date(2025, 12, 20),
        "emjm-europubhealth-2027": date(2026, 1, 8),
        "emjm-codas-2027": date(2025, 1, 10),
        "emjm-emle-2027": date(2023, 1, 12),
        "emjm-islands-2027": None,
        "emjm-mesd-2027": date(2025, 1, 15),
        "emjm-euroculture-2027": None,
        "emjm-planthealth-2027": date(2024, 12, 31),
        "emjm-dafm-2027": date(2025, 1, 31),
        "emjm-europhotonics-2027": date(2025, 2, 8),
        "emjm-eesic-2027": date(2026, 2, 10),
        "emjm-resco-2027": date(2026, 2, 28),
    }
    shipped = {call.id: call.based_on for call in library.calls if call.id in expected}

    assert expected == shipped


def seeded(closes: date | datetime) -> Call:
    """Return a call as a content file tells it."""
    words = {"en": "x", "ru": "x", "kk": "x", "ky": "x"}
    told = {
        "id": "some-call",
        "action": "cbhe",
        "title": words,
        "opens": date(2026, 10, 1),
        "closes": closes,
        "zone": "Europe/Brussels",
        "status": "official",
        "source": {"id": "S1", "section": "2"},
    }
    return SeededCall.model_validate(told).call()


def test_a_day_without_a_time_opens_as_it_begins_and_closes_as_it_ends() -> None:
    call = seeded(date(2027, 1, 31))

    assert call.date_only
    assert call.opens is not None
    assert "2026-10-01T00:00:00+02:00" == call.opens.isoformat()
    assert "2027-01-31T23:59:00+01:00" == call.closes.isoformat()


def test_a_wall_time_closes_at_that_time_of_its_zone() -> None:
    call = seeded(wall(2027, 1, 8, 12))

    assert not call.date_only
    assert "2027-01-08T12:00:00+01:00" == call.closes.isoformat()
    assert ("S1", "2") == (call.source_id, call.section)


def test_call_ids_are_short_enough_for_a_button(library: Library) -> None:
    assert [call.id for call in library.calls if len(call.id) > 24] == []
    assert len({call.id for call in library.calls}) == len(library.calls)


def test_every_source_was_checked_and_can_be_opened(library: Library) -> None:
    for source in library.sources.values():
        assert source.url.startswith(("https://", "http://")), source.id
        assert " " not in source.url, source.id
        assert source.checked >= date(2026, 11, 1), source.id
        assert source.title, source.id
