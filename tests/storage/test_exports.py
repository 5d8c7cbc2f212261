"""What is kept about a person is given out to them, and nothing about anybody else."""

import json
from dataclasses import replace
from datetime import datetime

from erasmus.announcement_contents import Content, ContentKind
from erasmus.calls import Call
from erasmus.offices import Office, Role
from erasmus.plans import ItemState
from erasmus.words import Language
from storage import (
    Database,
    audit,
    calls,
    deliveries,
    exports,
    follows,
    inbox,
    members,
    offices,
    people,
    question_messages,
    questions,
    ticks,
    verdicts,
)
from storage.belongings import PLACES, Fate
from storage.deliveries import Draft, Lane
from storage.people import Person

GROUP, THREAD, ANCHOR, COLLEAGUE = -1009001, 9002, 9003, 9004
ASKED, ANSWER = (Content(ContentKind.TEXT, text) for text in ("Can I apply?", "You can."))


def test_every_table_that_names_a_person_is_given_out_or_said_not_to_be() -> None:
    named = {place.column.table.name for place in PLACES if place.fate is not Fate.UNNAMED}
    assert named <= {*exports.GIVEN, *exports.NOT_GIVEN}


async def test_a_student_gets_everything_as_json(
    db: Database, aigul: Person, call: Call, now: datetime
) -> None:
    async with db.write() as c:
        await people.learn(c, aigul.id, {"city": "Нарын"})
        await calls.put(c, replace(call, id="own", owner=aigul.id), now)
        await follows.follow(c, aigul.id, "own", now)
        await ticks.set_state(c, aigul.id, "own", "transcript", ItemState.DONE, now)
        await verdicts.put(c, aigul.id, {"icm": "eligible"}, now)
        row = Draft("r1", Lane.REMINDER, aigul.id, "reminder", {"text": "Эртең"}, now)
        await deliveries.put(c, row, now)
        await inbox.receive(c, [(1, aigul.id, {"message": {"text": "/start"}})], now)
        given = json.loads(json.dumps(await exports.export(c, aigul.id)))

    assert given["person"]["facts"] == {"city": "Нарын"}
    assert given["person"]["created_at"] == now.isoformat()
    assert given["calls"][0]["title"]["ky"] == call.title[Language.KY]
    assert given["follows"][0]["call_id"] == "own"
    assert given["ticks"][0]["item"] == "transcript"
    assert given["verdicts"][0]["verdict"] == "eligible"
    assert given["deliveries"][0]["body"] == {"text": "Эртең"}
    assert given["inbox"][0]["payload"] == {"message": {"text": "/start"}}


async def test_a_question_is_given_out_with_its_answer_and_without_who_answered(
    db: Database, aigul: Person, office: Office, now: datetime
) -> None:
    """Nor where in the office's group it stands."""
    async with db.write() as c:
        await offices.put(c, replace(office, group_id=GROUP))
        begun = await questions.begin(c, office.id, aigul.id, now)
        await questions.ask(c, begun, now)
        await questions.place(c, begun, thread_id=THREAD, anchor_id=ANCHOR)
        question = await questions.get(c, begun)
        assert question is not None
        await question_messages.add(c, question, ASKED, now, chat_id=aigul.id, message_id=3)
        await question_messages.add(
            c, question, ANSWER, now, chat_id=GROUP, message_id=4, from_office=True
        )
        await questions.answered(c, begun, COLLEAGUE, now)
        given = await exports.export(c, aigul.id)

    assert given
    assert [one["state"] for one in given["questions"]] == ["answered"]
    said = [(one["from_office"], one["content"]["html"]) for one in given["question_messages"]]
    assert said == [(False, ASKED.html), (True, ANSWER.html)]
    told = json.dumps(given)
    assert not any(str(number) in told for number in (GROUP, THREAD, ANCHOR, COLLEAGUE))


async def test_a_member_gets_nothing_of_what_was_on_the_desk(
    db: Database, aigul: Person, office: Office, now: datetime
) -> None:
    """Its screens are about others."""
    async with db.write() as c:
        await offices.put(c, office)
        await members.put(
            c, office.id, aigul.id, Role.OWNER, now, name="Айгүл", invited_by=COLLEAGUE
        )
        row = Draft("s1", Lane.STAFF, aigul.id, "screen", {"text": "A student’s question"}, now)
        await deliveries.put(c, row, now)
        await inbox.receive(c, [(1, aigul.id, {"callback_query": {"data": "x"}})], now)
        given = await exports.export(c, aigul.id)

    assert given
    assert given["members"][0]["role"] == "owner"
    told = json.dumps(given)
    assert "student" not in told
    assert "callback_query" not in told
    assert str(COLLEAGUE) not in told


async def test_who_has_left_an_office_gets_nothing_of_what_was_on_its_desk_either(
    db: Database, aigul: Person, office: Office, now: datetime
) -> None:
    """Its screens are kept for two days after they were shown."""
    async with db.write() as c:
        await offices.put(c, office)
        await members.put(c, office.id, aigul.id, Role.EDITOR, now, name="Айгүл")
        await audit.write(c, now, aigul.id, office.id, "member.joined", str(aigul.id))
        row = Draft("s1", Lane.REPLY, aigul.id, "screen", {"text": "A student’s question"}, now)
        await deliveries.put(c, row, now)
        await members.remove(c, office.id, aigul.id)
        given = await exports.export(c, aigul.id)

    assert given
    assert given["members"] == []
    assert "student" not in json.dumps(given)


async def test_there_is_nothing_to_give_out_of_a_stranger(db: Database) -> None:
    async with db.read() as c:
        assert await exports.export(c, 1) is None
