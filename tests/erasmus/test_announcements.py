"""Stages, windows and the brake of announcements, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from erasmus.announcement_contents import ButtonKind, Content, ContentKind, NewsButton, in_language
from erasmus.announcements import EDITABLE, LIVE, NEXT, UNDO, Stage, Window, before, leaves_at
from erasmus.audiences import Audience
from erasmus.offices import Office
from erasmus.waves import FIRST_WAVE, WAVE_WAIT, Seen, Trouble, Wave
from erasmus.words import Language, Words

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)

MOVES = {
    "draft": "awaiting scheduled",
    "awaiting": "draft scheduled",
    "scheduled": "draft sending",
    "sending": "braked paused stopped done",
    "braked": "sending stopped",
    "paused": "sending stopped",
    "stopped": "sending",  # both only for copies that somebody sends again
    "done": "sending",
}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("after", Stage)
def test_a_stage_follows_only_those_of_the_table(stage: Stage, after: Stage) -> None:
    assert (after in NEXT[stage]) == (after.value in MOVES[stage.value].split())
    assert (stage in before(after)) == (after in NEXT[stage])


def test_what_has_begun_is_edited_no_more() -> None:
    assert not EDITABLE & LIVE
    assert all(Stage.DRAFT not in NEXT[stage] for stage in LIVE)


@pytest.mark.parametrize(
    ("window", "hours"),
    [
        (Window(9, 18), range(9, 18)),
        (Window(0, 24), range(24)),
        (Window(22, 2), (22, 23, 0, 1)),
        (Window(9, 9), ()),
    ],
)
def test_a_window_is_open_in_its_full_local_hours(window: Window, hours: range) -> None:
    """Bishkek is six hours ahead."""
    start = datetime(2026, 11, 20, 18, tzinfo=UTC)
    found = [h for h in range(24) if window.is_open(start + timedelta(hours=h), "Asia/Bishkek")]

    assert found == sorted(hours)


@pytest.mark.parametrize(
    ("send_at", "leaves"),
    [
        (None, NOW),
        (NOW + timedelta(hours=3), NOW + timedelta(hours=3)),
        (NOW + timedelta(minutes=2), NOW + UNDO),
        (NOW - timedelta(hours=1), NOW + UNDO),
    ],
)
def test_what_is_put_off_leaves_at_its_time_and_after_its_undo(
    send_at: datetime | None, leaves: datetime
) -> None:
    assert leaves_at(send_at, NOW) == leaves


@pytest.mark.parametrize(
    ("settled", "bad", "refused", "trouble"),
    [
        (50, 0, 0, None),
        (50, 10, 0, None),
        (50, 11, 0, Trouble.GONE),
        (19, 19, 0, None),  # too few to tell
        (20, 5, 0, Trouble.GONE),
        (10_000, 600, 0, None),  # three in a hundred have always left
        (10, 4, 4, None),
        (10, 5, 5, Trouble.REFUSED),
    ],
)
def test_the_brake(settled: int, bad: int, refused: int, trouble: Trouble | None) -> None:
    assert Seen(settled, bad, refused).trouble is trouble


def test_the_brake_counts_anew_when_it_is_let_go() -> None:
    judged = {"settled": 50, "bad": 30, "refused": 5}

    assert Seen(70, 32, 6).since(judged) == Seen(20, 2, 1)


@pytest.mark.parametrize(
    ("released", "open_", "lasts", "left", "over"),
    [
        (0, 0, timedelta(), FIRST_WAVE, False),
        (FIRST_WAVE - 1, 0, timedelta(), 1, False),
        (FIRST_WAVE, 3, timedelta(), 0, False),
        (FIRST_WAVE, 0, timedelta(), 0, True),
        (FIRST_WAVE, 3, WAVE_WAIT, 0, True),
    ],
)
def test_the_first_wave(released: int, open_: int, lasts: timedelta, left: int, over: bool) -> None:
    wave = Wave(released, open_, lasts)

    assert (wave.left, wave.over) == (left, over)


def test_a_reader_gets_the_next_best_language() -> None:
    russian = Content(ContentKind.TEXT, "Привет")
    kazakh = Content(ContentKind.TEXT, "Сәлем")
    texts = {Language.RU: russian, Language.KK: kazakh}

    assert in_language(texts, Language.KK) == (Language.KK, kazakh)
    assert in_language(texts, Language.KY) == (Language.RU, russian)
    assert in_language({Language.KK: kazakh}, Language.EN) == (Language.KK, kazakh)
    assert in_language({Language.KK: kazakh, Language.RU: russian}, Language.EN) == (
        Language.RU,
        russian,
    )
    assert in_language({}, Language.EN) is None


@pytest.mark.parametrize(
    "audience",
    [
        Audience(),
        Audience(countries=("KG",), universities=("knu", "au")),
        Audience(roles=("student",), levels=("master",), languages=(Language.KY, Language.RU)),
        Audience(followers_of="emjm-emai-2026", eligible_for="icm_study", active_months=6),
    ],
)
def test_an_audience_is_kept_as_it_is(audience: Audience) -> None:
    assert Audience.unpacked(audience.packed()) == audience


def test_buttons_contents_and_windows_are_kept_as_they_are() -> None:
    button = NewsButton(ButtonKind.LINK, "https://example.org", "Open")
    content = Content(ContentKind.PHOTO, "<b>Hi</b>", "file")
    window = Window(9, 18, readers=True)

    assert NewsButton.unpacked(button.packed()) == button
    assert Content.unpacked(content.packed()) == content
    assert Window.unpacked(window.packed()) == window


def test_an_office_of_a_university_speaks_to_its_own_people_only() -> None:
    office = Office(
        id="knu",
        country="KG",
        university="knu",
        name=Words({Language.EN: "KNU"}),
        zone="Asia/Bishkek",
        group_id=None,
        group_has_topics=False,
        answer_days=3,
        created_at=NOW,
    )

    assert Audience.of(office) == Audience(universities=("knu",))
    assert Audience(universities=("au",), roles=("staff",)).within(office) == Audience(
        universities=("knu",), roles=("staff",)
    )
