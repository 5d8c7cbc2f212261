"""Calls as offices write them, in four languages: what is read from them, and what is not."""

from __future__ import annotations

from datetime import date, time

import pytest

from erasmus.call_dates import Parts
from erasmus.call_text import SaidDate, propose, said_dates
from erasmus.library import Library
from erasmus.reading import DateRole
from erasmus.words import Language

GRANADA = (
    "🇪🇸 Обмен в Университете Гранады, весна 2027\n\n"
    "Студенты 2–4 курсов могут подать заявку на обмен с 1 по 31 марта 2027 года, до 23:59 по "
    "времени Бишкека. Собеседования пройдут 5 апреля 2027 г.\n"
    "Подробнее: https://example.org/granada."
)
DEADLINES: dict[str, tuple[date, time | None, str | None]] = {
    # Russian
    "Заявки принимаются до 15 марта 2027 года": (date(2027, 3, 15), None, None),
    "Дедлайн — 1 декабря 2026, 12:00 (время Брюсселя)": (
        date(2026, 12, 1),
        time(12),
        "Europe/Brussels",
    ),
    "Документы принимаются не позднее 20-го мая 2027 г., 18:00 по алматинскому времени": (
        date(2027, 5, 20),
        time(18),
        "Asia/Almaty",
    ),
    "Приём до 17.00 20 декабря 2026 г. по московскому времени": (
        date(2026, 12, 20),
        time(17),
        "Europe/Moscow",
    ),
    "последний день подачи 28.02.2027": (date(2027, 2, 28), None, None),
    "срок до 31 янв. 2027": (date(2027, 1, 31), None, None),
    # Kyrgyz
    "Өтүнмөлөр 2027-жылдын 15-мартына чейин кабыл алынат": (date(2027, 3, 15), None, None),
    "Акыркы мөөнөт: 2026-жылдын 20-декабры, саат 18:00, Бишкек убактысы боюнча": (
        date(2026, 12, 20),
        time(18),
        "Asia/Bishkek",
    ),
    "Документтерди 2027-жылдын 5-майына чейин тапшырыңыз": (date(2027, 5, 5), None, None),
    "2026-жылдын декабрынын 15ине чейин тапшырасыз": (date(2026, 12, 15), None, None),
    # Kazakh
    "Өтінімдер 2027 жылғы 15 наурызға дейін қабылданады": (date(2027, 3, 15), None, None),
    "Соңғы мерзім: 2027 жылғы 1 ақпан, Астана уақыты бойынша сағат 18.00": (
        date(2027, 2, 1),
        time(18),
        "Asia/Almaty",
    ),
    "Құжаттарды 30 қыркүйекке дейін емес, 2027 жылғы 5 қазанға дейін тапсырыңыз": (
        date(2027, 10, 5),
        None,
        None,
    ),
    "Отинимдер 2027 жылгы 12 желтоксанга дейин": (date(2027, 12, 12), None, None),
    # English
    "Apply by 15 January 2027, 17:00 CET": (date(2027, 1, 15), time(17), "Europe/Brussels"),
    "Deadline: March 3rd, 2027 at 5 pm Brussels time": (
        date(2027, 3, 3),
        time(17),
        "Europe/Brussels",
    ),
    "Applications close on the 2nd of May 2027 at noon (UTC)": (date(2027, 5, 2), time(12), "UTC"),
    "no later than 2027-02-01 23:59 UTC+6": (date(2027, 2, 1), time(23, 59), "Asia/Bishkek"),
    "Deadline 15-Jan-2027 23:59 (Brussels)": (date(2027, 1, 15), time(23, 59), "Europe/Brussels"),
    "Приём заявок с 10:00 1 февраля 2027 до 17:00 15 марта 2027": (
        date(2027, 3, 15),
        time(17),
        None,
    ),
    "Құжаттар 2026 жылдың 25 желтоқсанына (сағат 18:00, Алматы) дейін қабылданады": (
        date(2026, 12, 25),
        time(18),
        "Asia/Almaty",
    ),
    "Submit by 25/02/2027": (date(2027, 2, 25), None, None),
}


def the_only(text: str, library: Library, role: DateRole = DateRole.DEADLINE) -> SaidDate:
    (said,) = [
        said for said in said_dates(text, library.reading) if said.role is role and said.days
    ]
    return said


@pytest.mark.parametrize("text", DEADLINES)
def test_a_deadline_is_read_with_its_time_and_zone(text: str, library: Library) -> None:
    day, at, zone = DEADLINES[text]

    said = the_only(text, library)

    assert (said.days, said.at, said.zone) == ((day,), at, zone)


def test_a_whole_text_is_proposed(library: Library) -> None:
    proposal = propose(GRANADA, library)

    assert proposal.title == "Обмен в Университете Гранады, весна 2027"
    assert proposal.language is Language.RU
    assert proposal.actions[0] == "icm_study"
    assert proposal.link == "https://example.org/granada"
    assert [(said.role, said.days) for said in proposal.dates] == [
        (DateRole.OPENING, (date(2027, 3, 1),)),
        (DateRole.DEADLINE, (date(2027, 3, 31),)),
        (DateRole.OTHER, (date(2027, 4, 5),)),
    ]
    assert proposal.dates[1].at == time(23, 59)
    assert {said.zone for said in proposal.dates} == {"Asia/Bishkek"}


PERIODS = {
    "Заявки с 1 февраля по 15 марта 2027 года",
    "Өтүнмөлөр 2027-жылдын 1-февралынан 15-мартына чейин",
    "Өтінімдер 2027 жылғы 1 ақпаннан 15 наурызға дейін",
    "Apply from 1 February to 15 March 2027",
    "Срок подачи: 1 февраля – 15 марта 2027",
    "Applications: Feb 1 - Mar 15, 2027",
}


@pytest.mark.parametrize("text", sorted(PERIODS))
def test_a_period_opens_and_closes_in_the_year_that_it_says_once(
    text: str, library: Library
) -> None:
    assert the_only(text, library, DateRole.OPENING).days == (date(2027, 2, 1),)
    assert the_only(text, library).days == (date(2027, 3, 15),)


AMBIGUOUS = ("до 01.02.2027", "by 1/2/27", "01-02-2027 чейин", "1.2.2027 дейін")


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_figures_that_are_a_day_and_a_month_both_ways_are_read_both_ways(
    text: str, library: Library
) -> None:
    assert set(the_only(text, library).days) == {date(2027, 2, 1), date(2027, 1, 2)}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("до 13.02.2027", date(2027, 2, 13)),
        ("by 02/13/2027", date(2027, 2, 13)),
        ("до 02.02.2027", date(2027, 2, 2)),
        ("до 2027-02-01", date(2027, 2, 1)),
    ],
)
def test_figures_with_one_reading_are_not_ambiguous(text: str, day: date, library: Library) -> None:
    assert the_only(text, library).days == (day,)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Заявки до 15 марта", Parts(None, 3, 15)),
        ("15-мартка чейин", Parts(None, 3, 15)),
        ("15 наурызға дейін", Parts(None, 3, 15)),
        ("apply by March 15", Parts(None, 3, 15)),
        ("заявки до 15.03", Parts(None, 3, 15)),
        ("до марта 2027", Parts(2027, 3, None)),
        ("2027-жылдын мартына чейин", Parts(2027, 3, None)),
        ("apply by March 2027", Parts(2027, 3, None)),
        ("до 15 марта 2026/2027 учебного года", Parts(None, 3, 15)),
    ],
)
def test_what_is_not_said_is_left_open(text: str, missing: Parts, library: Library) -> None:
    (said,) = said_dates(text, library.reading)

    assert (said.ways, said.days) == ((missing,), ())


@pytest.mark.parametrize(
    "text",
    [
        "Deadline: 31.02.2027",
        "30 февраля 2027",
        "в 2027 году",
        "стоимость 10.12 евро, оценка 3.75, версия 1.2.3.4",
        "тел. 0312-54-12-27, ул. 8 Марта, 15",
        "The 2026/2027 academic year, 240 ECTS",
        "may apply 12 students",
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str, library: Library) -> None:
    assert [said.days for said in said_dates(text, library.reading) if said.days] == []


@pytest.mark.parametrize(
    "text",
    [
        "Собеседования пройдут 5 апреля 2027 г.",
        "Результаты до 15 апреля 2027",
        "Жыйынтык 2027-жылдын 1-апрелинде жарыяланат",
        "Нәтиже 2027 жылғы 1 сәуірде жарияланады",
        "Results will be published on 1 April 2027",
        "Mobility from 1 September 2027",
    ],
)
def test_other_days_are_no_deadlines(text: str, library: Library) -> None:
    assert {said.role for said in said_dates(text, library.reading)} == {DateRole.OTHER}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Обмен в Гранаде на весну", Language.RU),
        ("Гранада университетинде алмашуу жана стипендия", Language.KY),
        ("Гранада университетінде алмасу", Language.KK),
        ("Exchange in Granada (Испания)", Language.EN),
    ],
)
def test_the_language_is_told_by_what_only_one_has(
    text: str, language: Language, library: Library
) -> None:
    assert propose(text, library).language is language


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Erasmus Mundus: конкурс на магистратуру", "emjm_scholarship"),
        ("Стажировка для студентов в Польше", "icm_traineeship"),
        ("Capacity building in higher education (CBHE)", "cbhe"),
        ("Еріктілер: European Solidarity Corps, volunteering", "esc_volunteering"),
    ],
)
def test_the_action_is_proposed_by_its_words(text: str, action: str, library: Library) -> None:
    assert action in propose(text, library).actions


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Erasmus+ окутуучулар үчүн окутуу мобилдүүлүгү боюнча конкурс",
            "icm_staff_teaching",
        ),
        ("Erasmus+: қызметкерлерге арналған тағылымдама", "icm_staff_training"),
        ("Конкурс для преподавателей: мобильность Erasmus+", "icm_staff_teaching"),
        ("Erasmus+ staff week in Vilnius", "icm_staff_training"),
        ("Erasmus+ exchange for students", "icm_study"),
    ],
)
def test_who_is_meant_tells_more_than_the_name_of_the_programme(
    text: str, first: str, library: Library
) -> None:
    assert propose(text, library).actions[0] == first


def test_the_name_of_the_programme_alone_proposes_nothing(library: Library) -> None:
    assert propose("Erasmus+: қатысыңыздар", library).actions == ()


@pytest.mark.parametrize("text", ["", "\n\n", "🎓🎓🎓", "до 15.03.2027", "https://example.org"])
def test_without_a_title_none_is_made_up(text: str, library: Library) -> None:
    assert propose(text, library).title is None


LONG = (
    "Құрметті студенттер! Erasmus+ бағдарламасы бойынша Польшаға тағылымдамаға байқау "
    "жарияланады. Құжаттар деканатта қабылданады, сұрақтар бойынша халықаралық бөлімге, 205."
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Внимание! Уважаемые студенты!\nОбмен в Гранаде", "Обмен в Гранаде"),
        ("📢 Dear students,\n🎓 Exchange in Granada 🎓\nApply now", "Exchange in Granada"),
        (
            LONG,
            "Erasmus+ бағдарламасы бойынша Польшаға тағылымдамаға байқау жарияланады",
        ),
    ],
)
def test_a_greeting_is_no_title(text: str, title: str, library: Library) -> None:
    assert propose(text, library).title == title


def test_an_insecure_link_is_not_proposed(library: Library) -> None:
    assert propose("Обмен: http://example.org/x", library).link is None
