"""A recall takes back every copy that arrived: deleted while young, written over when old."""

from datetime import timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import TelegramDouble
from erasmus.announcement_contents import Content, ContentKind
from erasmus.words import Language
from storage import corrections
from storage.deliveries import State
from tests.bot.announcing.rounds import Known, delivered, one_wave
from tests.newsroom import Newsroom

pytestmark = pytest.mark.both_databases


async def test_a_recall_deletes_what_is_young(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    readers = await known(3)
    one = await delivered(assistant, newsroom)
    clock.move_to(clock.now() + timedelta(hours=47))
    recall = await newsroom.recall(one)
    await assistant.catch_up()

    assert [person.said for person in readers] == [[], [], []]
    assert (await newsroom.progress(recall)).by_state == {State.SENT: 3}


async def test_a_recall_writes_over_what_is_old(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    readers = await known(3)
    one = await delivered(assistant, newsroom)
    clock.move_to(clock.now() + timedelta(hours=49))
    await newsroom.recall(one)
    await assistant.catch_up()

    assert all("Osh" not in person.said[0] for person in readers)
    assert all("Withdrawn" in person.said[0] for person in readers)


@pytest.mark.parametrize("kind", [ContentKind.PHOTO, ContentKind.DOCUMENT])
async def test_a_recall_leaves_no_old_photo_or_document_behind(  # noqa: PLR0913, PLR0917 - fixtures
    assistant: Assistant,
    newsroom: Newsroom,
    known: Known,
    clock: MovableClock,
    double: TelegramDouble,
    kind: ContentKind,
) -> None:
    """It cannot be deleted any more; another picture takes its place, uploaded once."""
    readers = await known(3)
    sent = readers[0].send_photo() if kind is ContentKind.PHOTO else readers[0].send_document()
    assert sent.media is not None
    one = await newsroom.announce({Language.EN: Content(kind, "In Osh", sent.media.file_id)})
    await assistant.catch_up()
    clock.move_to(clock.now() + timedelta(hours=49))
    await newsroom.recall(one)
    await assistant.catch_up()

    for person in readers:
        assert "Withdrawn" in person.last.text
        assert person.last.media is not None
        assert person.last.media.file_id != sent.media.file_id
    assert double.mistakes == []


async def test_a_recall_stops_what_has_not_left(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    readers = await known(80)
    one = await newsroom.announce()
    await one_wave(assistant)
    await newsroom.recall(one)
    await assistant.catch_up()

    progress = await newsroom.progress(one)
    assert progress.by_state == {State.SENT: 50, State.CANCELLED: 30}
    assert (await newsroom.get(one.id)).ended_at is not None
    assert all(person.said == [] for person in readers)
    async with assistant.db.write() as c:
        assert await corrections.recall(c, one.id, newsroom.by) is None
        assert await corrections.correct(c, one.id, {}, newsroom.by) is None
