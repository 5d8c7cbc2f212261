"""Settings, reminders, privacy and deletion in the chat."""

from __future__ import annotations

import json

from erasmus.facts import Facts
from erasmus.reminders import DEFAULT_LADDER
from erasmus.words import Language
from handlers.presses import (
    Fewer,
    Forget,
    Languages,
    MyData,
    Reminders,
    Roles,
    SetFollow,
    SetLanguage,
    SetMuted,
    SetReminders,
    SetRole,
    SetRung,
    SetUniversity,
    SetZone,
    ShowCall,
    Zones,
)
from storage import exports, follows, people
from tests.chats import Chat

CALL = "emjm-emai-2027"


async def follow(chat: Chat) -> None:
    await chat.send("/deadlines")
    await chat.press(ShowCall(CALL))
    await chat.press(SetFollow(CALL, on=True))


async def test_a_zone_is_chosen_and_times_follow_it(chat: Chat) -> None:
    """Almaty is an hour behind Bishkek; the card of a call says so."""
    await chat.settle_in()
    await chat.send("/settings")
    await chat.press(Zones(more=False))
    await chat.press(SetZone("Asia/Almaty"))
    assert (await chat.stored()).zone == "Asia/Almaty"
    await chat.press_old(chat.message.id, ShowCall(CALL).pack())
    assert "03:59 Kazakhstan time" in chat.text


async def test_the_ladder_is_chosen_rung_by_rung(chat: Chat, language: Language) -> None:
    """A rung pressed twice in a hurry is off, not on again."""
    await chat.settle_in(language)
    await chat.send("/settings")
    await chat.press(Reminders())
    press = SetRung(14, on=False)
    chat.person.press_data(chat.message.id, press.pack())
    chat.person.press_data(chat.message.id, press.pack())
    await chat.settled()
    wanted = tuple(days for days in DEFAULT_LADDER if days != 14)
    assert (await chat.stored()).ladder == wanted


async def test_fewer_keeps_two_and_can_be_undone(chat: Chat) -> None:
    """One press on any reminder, effective at once."""
    await chat.settle_in()
    await chat.press_old(chat.message.id, Fewer(on=True).pack())
    assert (await chat.stored()).ladder == (7, 1)
    await chat.press_old(chat.message.id, Fewer(on=False).pack())
    assert (await chat.stored()).ladder == DEFAULT_LADDER


async def test_stop_all_is_effective_at_once_and_can_be_undone(chat: Chat) -> None:
    """No reminder comes while they are off; those still to come are armed again after."""
    await chat.settle_in()
    await follow(chat)
    await chat.press_old(chat.message.id, SetReminders(on=False).pack())
    said = len(chat.person.said)
    await chat.wait(days=16)
    assert len(chat.person.said) == said
    await chat.press_old(chat.message.id, SetReminders(on=True).pack())
    await chat.wait(days=7)
    assert "EMAI" in chat.text


async def test_a_muted_call_is_silent_and_the_others_are_not(chat: Chat) -> None:
    """Mute is for one call."""
    await chat.settle_in()
    await follow(chat)
    await chat.press_old(chat.message.id, SetMuted(CALL, on=True).pack())
    said = len(chat.person.said)
    await chat.wait(days=20)
    assert len(chat.person.said) == said
    async with chat.assistant.db.read() as c:
        found = await follows.get(c, chat.person.id, CALL)
    assert found is not None
    assert found.muted


async def test_forget_asks_once_and_then_leaves_nothing(chat: Chat, language: Language) -> None:
    """Rows of the person are gone; the farewell is the last thing they see."""
    await chat.settle_in(language)
    await follow(chat)
    await chat.send("/forget")
    await chat.press(Forget(sure=True))
    async with chat.assistant.db.read() as c:
        assert await people.find(c, chat.person.id) is None
        assert await follows.of_person(c, chat.person.id) == []
    assert chat.presses == [Languages()]
    await chat.start()
    assert any(isinstance(p, SetLanguage) for p in chat.presses)


async def test_privacy_says_what_is_kept_and_leads_to_deletion(
    chat: Chat, language: Language
) -> None:
    """In every language, with the button that deletes."""
    await chat.settle_in(language)
    await chat.send("/privacy")
    assert Forget(sure=False) in chat.presses
    assert "/forget" in chat.text


async def test_everything_that_is_kept_is_given_out_as_a_file(
    chat: Chat, language: Language
) -> None:
    """It is made when it leaves: no second copy of it stays in the ledger."""
    await chat.settle_in(language)
    await told(chat, {"home_country": "KG"})
    await follow(chat)
    await chat.send("/privacy")
    await chat.press(MyData())
    file = chat.message.media
    assert file is not None
    assert (file.kind, file.name) == ("document", "my-data.json")
    given = json.loads(file.content or b"")
    assert given["person"]["facts"]["home_country"] == "KG"
    assert [follow["call_id"] for follow in given["follows"]] == [CALL]
    async with chat.assistant.db.read() as c:
        kept = await exports.export(c, chat.person.id)
    assert file.name not in json.dumps(kept, default=str)


async def test_the_file_follows_what_announces_it(chat: Chat) -> None:
    """Whoever pressed is answered at once, however long the file takes."""
    await chat.settle_in()
    await chat.send("/privacy")
    chat.double.forget_calls()
    await chat.press(MyData())
    assert [sent.method for sent in chat.double.ledger] == ["editMessageText", "sendDocument"]


async def test_an_institution_is_told_what_is_there_and_what_is_not(chat: Chat) -> None:
    """Nothing is promised that does not exist yet."""
    await chat.start()
    await chat.press(SetLanguage("en"))
    await chat.press(SetRole("institution"))
    await chat.press(SetUniversity(""))
    assert "National Erasmus+ Office" in chat.text


STUDENT = {"role": "student", "kind": "study", "enrolled_level": "bachelor", "home_country": "KG"}


async def test_another_role_takes_along_only_what_still_holds(chat: Chat) -> None:
    """Who has graduated does not study, and whoever works may not want what a student wanted."""
    await chat.settle_in()
    await told(chat, {**STUDENT, "year_of_study": 4, "programme_years": 4, "degree_held": "none"})
    await chat.send("/settings")
    await chat.press(Roles())
    await chat.press(SetRole("graduate"))
    assert await chat.facts() == {"role": "graduate", "home_country": "KG"}


async def test_the_same_role_again_forgets_nothing(chat: Chat) -> None:
    """A tap on what already stands there changes nothing."""
    await chat.settle_in()
    await told(chat, STUDENT)
    await chat.send("/settings")
    await chat.press(Roles())
    await chat.press(SetRole("student"))
    assert await chat.facts() == STUDENT


async def told(chat: Chat, facts: Facts) -> None:
    """Let the person have told these facts."""
    async with chat.assistant.db.write() as c:
        await people.learn(c, chat.person.id, facts)
