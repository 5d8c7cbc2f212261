"""A correction reaches every copy that arrived, wherever it is."""

from datetime import timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import TelegramDouble
from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcements import Stage
from erasmus.words import Language
from storage import corrections
from storage.deliveries import State
from tests.bot.announcing.rounds import NEW, Known, delivered, one_wave
from tests.newsroom import Newsroom

pytestmark = pytest.mark.both_databases


async def test_every_copy_reads_anew_and_says_so(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    readers = await known(60)
    one = await delivered(assistant, newsroom)
    correction = await newsroom.correct(one, NEW)
    await assistant.catch_up()

    assert (await newsroom.correction(correction.id)).stage is Stage.DONE
    assert (await newsroom.progress(correction)).by_state == {State.SENT: 60}
    assert all(len(person.said) == 1 for person in readers)
    assert all("Jalal-Abad" in person.said[0] for person in readers)
    assert all("Corrected on" in person.said[0] for person in readers)
    assert double.mistakes == []


async def test_only_a_text_that_changed_is_marked_and_stays_so(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    (english,), (russian,) = await known(1), await known(1, Language.RU)
    one = await delivered(assistant, newsroom)
    await newsroom.correct(one, NEW)
    await assistant.catch_up()
    assert "Corrected on" in english.said[0]
    assert "✏️" not in russian.said[0]

    second = await newsroom.correct(one, {Language.RU: "День информации в Нарыне"})
    await assistant.catch_up()
    assert (await newsroom.correction(second.id)).stage is Stage.DONE
    assert "Corrected on" in english.said[0]
    assert "✏️" in russian.said[0]
    assert double.mistakes == []


async def test_what_has_not_left_yet_leaves_with_the_new_text(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    readers = await known(80)
    one = await newsroom.announce()
    await one_wave(assistant)
    correction = await newsroom.correct(one, NEW)
    await assistant.catch_up()

    assert (await newsroom.progress(correction)).by_state == {State.SENT: 50}
    assert all("Jalal-Abad" in person.said[-1] for person in readers)
    assert sum("Corrected" in person.said[-1] for person in readers) == 50
    assert all(len(person.said) == 1 for person in readers)


async def test_a_correction_can_be_corrected(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    readers = await known(5)
    one = await delivered(assistant, newsroom)
    first = await newsroom.correct(one, NEW)
    await assistant.corrector.tick()
    await newsroom.correct(one, {Language.EN: "Info day in Naryn"})
    await assistant.catch_up()

    assert (await newsroom.correction(first.id)).stage is Stage.STOPPED
    assert all("Naryn" in person.said[0] for person in readers)


async def test_a_paused_correction_goes_on_where_it_was(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    readers = await known(5)
    one = await delivered(assistant, newsroom)
    correction = await newsroom.correct(one, NEW)
    async with assistant.db.write() as c:
        assert await corrections.pause(c, correction.id)
        assert await corrections.pause(c, correction.id) is None
    await assistant.catch_up()
    assert all("Osh" in person.said[0] for person in readers)

    async with assistant.db.write() as c:
        assert await corrections.resume(c, correction.id)
    await assistant.catch_up()
    assert all("Jalal-Abad" in person.said[0] for person in readers)


async def test_a_copy_that_its_reader_deleted_or_blocked_is_done(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    alice, bob, carol = await known(3)
    one = await delivered(assistant, newsroom)
    alice.delete_message(alice.last.id)
    bob.account.blocked = True
    correction = await newsroom.correct(one, NEW)
    await assistant.catch_up()

    assert (await newsroom.correction(correction.id)).stage is Stage.DONE
    assert (await newsroom.progress(correction)).by_state == {State.SENT: 2, State.UNREACHABLE: 1}
    assert alice.said == []
    assert "Jalal-Abad" in carol.said[0]


async def test_a_caption_is_corrected_under_its_photo(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    (alice,) = await known(1)
    photo = alice.send_photo().media
    assert photo is not None
    texts = {Language.EN: Content(ContentKind.PHOTO, "Info day in Osh", photo.file_id)}
    one = await newsroom.announce(texts)
    await assistant.catch_up()
    new = {Language.EN: Content(ContentKind.PHOTO, "In Naryn", photo.file_id)}
    async with assistant.db.write() as c:
        await corrections.correct(c, one.id, new, newsroom.by)
    await assistant.catch_up()

    assert alice.last.media is not None
    assert "In Naryn" in alice.last.text


async def test_refusals_stop_a_correction_until_somebody_looks(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    readers = await known(20)
    one = await delivered(assistant, newsroom)
    double.faults.add("bad_request", method="editMessageText", times=8)
    correction = await newsroom.correct(one, NEW)
    await assistant.catch_up()
    stopped = await newsroom.correction(correction.id)
    assert stopped.stage is Stage.BRAKED

    double.faults.clear()
    async with assistant.db.write() as c:
        assert await corrections.resume(c, correction.id)
    await assistant.catch_up()
    assert (await newsroom.correction(correction.id)).stage is Stage.DONE
    assert sum("Jalal-Abad" in person.said[0] for person in readers) >= 12


async def test_old_copies_are_kept_as_long_as_they_can_be_corrected(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    (alice,) = await known(1)
    one = await delivered(assistant, newsroom)
    clock.move_to(clock.now() + timedelta(days=300))
    await assistant.planner.purge()
    await newsroom.correct(one, NEW)
    await assistant.catch_up()
    assert "Jalal-Abad" in alice.said[0]

    clock.move_to(clock.now() + timedelta(days=100))
    async with assistant.db.write() as c:
        assert await corrections.recall(c, one.id, newsroom.by) is None  # too late for that
