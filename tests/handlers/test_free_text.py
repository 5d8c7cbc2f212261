"""What people write unasked: searches, files, groups, unknown commands. Never silence."""

from __future__ import annotations

from functools import partial

import pytest

from erasmus.words import Language
from handlers.presses import Card, Deadlines, Help, Home, ShowCall
from tests.chats import Chat


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("EMAI", ShowCall("emjm-emai-2027")),
        ("медицина", Deadlines("-", "he", 0)),
        ("дарыгер", Deadlines("-", "he", 0)),
        ("тағылымдама", Card("it", "it")),
        ("тагылымдама", Card("it", "it")),
        ("стажировка", Card("it", "it")),
        ("PhD", Card("sd", "sd")),
        ("BIP", Card("sb", "sb")),
        ("грант", Card("em", "em")),
        ("стоматология", Deadlines("-", "he", 0)),
        ("эразмус мундус", Card("em", "em")),
    ],
)
async def test_a_word_finds_what_it_means_also_without_special_letters(
    chat: Chat, typed: str, found: object
) -> None:
    """People type Kyrgyz and Kazakh on a Russian keyboard."""
    await chat.settle_in()
    await chat.send(typed)
    assert found in chat.presses


async def test_a_word_that_means_nothing_gets_the_ways_on(chat: Chat, language: Language) -> None:
    """The answer names what was typed and offers the menu; HTML in it stays text."""
    await chat.settle_in(language)
    await chat.send("<b>qwerty & co</b>")
    assert "<b>qwerty & co</b>" in chat.text
    assert {Help(), Home()} <= set(chat.presses)
    assert not chat.double.mistakes


async def test_files_are_refused_kindly_and_never_fetched(chat: Chat) -> None:
    """Photos, voice, documents, stickers: an answer each time, and no download."""
    await chat.settle_in()
    for send in (
        chat.person.send_photo,
        chat.person.send_voice,
        partial(chat.person.send_document, "passport.pdf"),
        chat.person.send_sticker,
        chat.person.send_contact,
    ):
        send()
        await chat.settled()
        assert "don’t keep them" in chat.text
    assert not [r for r in chat.double.requests if r.method == "getFile"]


async def test_an_unknown_command_shows_those_that_exist(chat: Chat) -> None:
    """Nobody is left with a command that does nothing."""
    await chat.settle_in()
    await chat.send("/nonsense")
    assert "/deadlines" in chat.text


async def test_a_group_is_pointed_to_the_private_chat(chat: Chat) -> None:
    """A command in a group gets a polite pointer; other talk is not answered."""
    await chat.settle_in()
    group = chat.double.group("Class", members=[chat.person])
    group.add_bot(by=chat.person)
    await chat.settled()
    greeted = len(group.messages)
    chat.person.send_text("/check", group=group)
    await chat.settled()
    assert "private chat" in (group.last.text or "")
    assert group.last.buttons[0].kind == "url"
    assert len(group.messages) > greeted
    answers = len([m for m in group.messages if m.from_bot])
    chat.person.send_text("see you tomorrow", group=group)
    chat.person.send_text("/start@another_bot", group=group)
    await chat.settled()
    assert answers == len([m for m in group.messages if m.from_bot])


async def test_who_blocks_gets_nothing_and_who_returns_is_answered(chat: Chat) -> None:
    """A block is noted, an unblock forgets it, and nothing is sent in between."""
    await chat.settle_in()
    chat.person.block()
    await chat.settled()
    assert (await chat.stored()).unreachable_since is not None
    chat.person.restart()
    await chat.settled()
    assert (await chat.stored()).unreachable_since is None
    assert not chat.double.mistakes
