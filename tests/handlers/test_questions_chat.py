"""A student asks an office: from the question to the answer, through topics, edits and restarts."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Group, Message, Person, TelegramDouble
from erasmus.announcements import By
from erasmus.offices import Office, Role
from erasmus.words import Language, Words
from handlers.questions.presses import (
    AddTo,
    AskAt,
    AskOffice,
    CloseQuestion,
    RateAnswer,
    SendQuestion,
    Sharing,
    ShowAnswer,
    ShowQuestion,
    ThisHelped,
)
from handlers.routes import unpack
from handlers.staff.answer_presses import (
    Connect,
    HandOver,
    HandTo,
    PublishEntry,
    SendEntry,
    ShowEntry,
    TakeOver,
    ToEntry,
    WriteEntry,
)
from storage import deliveries, faq, members, offices, people, questions
from storage.deliveries import Lane
from tests.chats import Chat
from tests.offices import an_office

OFFICE = "kg"
QUESTION = "Can I apply with a grade of 3.9?"
Settled = Callable[[], Awaitable[None]]


@pytest.fixture
def owner(double: TelegramDouble) -> Person:
    person = double.person(700000800, "Данияр", "ru")
    person.account.started = True
    return person


@pytest.fixture
async def office(assistant: Assistant, owner: Person, clock: MovableClock) -> Office:
    """An office of the country, owned by somebody who speaks English here."""
    made = an_office(clock.now())
    async with assistant.db.write() as c:
        await people.greet(c, owner.id, Language.EN, "Asia/Bishkek", clock.now())
        await people.set_language(c, owner.id, Language.EN)
        await offices.put(c, made)
        await members.put(c, OFFICE, owner.id, Role.OWNER, clock.now(), name="Данияр")
    return made


@pytest.fixture
async def colleague(
    assistant: Assistant,
    office: Office,  # noqa: ARG001 - it must be there
    double: TelegramDouble,
    clock: MovableClock,
) -> Person:
    """Somebody else of the office who may answer."""
    person = double.person(700000802, "Азиза", "en")
    person.account.started = True
    async with assistant.db.write() as c:
        await people.greet(c, person.id, Language.EN, "Asia/Bishkek", clock.now())
        await members.put(c, OFFICE, person.id, Role.EDITOR, clock.now(), name="Азиза")
    return person


async def connect(group: Group, owner: Person, settled: Settled) -> None:
    owner.send_text("/connect", group=group)
    await settled()
    owner.press_data(group.last.id, Connect(OFFICE).pack(), group=group)
    await settled()


@pytest.fixture
async def group(
    office: Office,  # noqa: ARG001 - it must be there
    double: TelegramDouble,
    owner: Person,
    settled: Settled,
) -> Group:
    """The office's group with topics, connected."""
    made = double.group("Office", [owner], topics=True, admins=[owner])
    made.add_bot(owner, admin=True)
    await settled()
    await connect(made, owner, settled)
    return made


@pytest.fixture
async def plain(
    office: Office,  # noqa: ARG001 - it must be there
    double: TelegramDouble,
    owner: Person,
    settled: Settled,
) -> Group:
    """The office's group without topics, connected."""
    made = double.group("Office", [owner])
    made.add_bot(owner)
    await settled()
    await connect(made, owner, settled)
    return made


async def ask(chat: Chat, language: Language = Language.EN, *, share: str = "") -> Message:
    """Ask the office something and return the student's message."""
    await chat.settle_in(language)
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    sent = chat.person.send_text(QUESTION)
    await chat.settled()
    number = next(press.question for press in chat.presses if isinstance(press, SendQuestion))
    if share:
        await chat.press(Sharing(number, share))
    await chat.press(SendQuestion(number))
    return sent


def in_topic(group: Group) -> list[str]:
    (topic,) = group.topics
    return [message.text for message in group.thread(topic.id) if message.text]


def presses_of(message: Message) -> list[object]:
    return [unpack(str(b.value)) for b in message.buttons if b.kind == "callback_data"]


async def test_a_question_is_answered_in_its_topic(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble, language: Language
) -> None:
    """Delivered, answered, rated: with 👀 and 👍, and no name on either side."""
    sent = await ask(chat, language)
    (topic,) = group.topics

    assert QUESTION in in_topic(group)
    assert sent.reactions == ["👀"]
    assert all(chat.person.account.first_name not in text for text in in_topic(group))
    answer = owner.send_text("Yes, you can.", group=group, thread=topic.id)
    await chat.settled()

    assert "Yes, you can." in chat.text
    assert "Erasmus+" in chat.text
    assert "Данияр" not in chat.text
    assert sent.reactions == ["👍"]
    assert answer.reactions == ["👍"]
    await chat.press(RateAnswer(1, helped=True))
    async with chat.assistant.db.read() as c:
        question = await questions.get(c, 1)
    assert question is not None
    assert (question.state, question.helped) == ("closed", True)
    assert double.mistakes == []


async def test_what_was_ticked_is_shared_and_nothing_else(chat: Chat, group: Group) -> None:
    await ask(chat, share="name")
    (card, *_) = in_topic(group)
    assert chat.person.account.first_name in card
    assert "tudent" not in card.replace("the student", "").replace("student.", "")


async def test_a_group_without_topics_answers_by_replies(
    chat: Chat, plain: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    relayed = next(message for message in plain.messages if message.text == QUESTION)
    owner.send_text("Chatting among ourselves", group=plain)
    owner.send_text("Yes.", group=plain, reply_to=relayed.id)
    await chat.settled()

    assert chat.text.endswith("Yes.")
    assert not any("Chatting" in text for text in chat.person.said)
    assert double.mistakes == []


async def test_edits_are_mirrored_on_both_sides(chat: Chat, group: Group, owner: Person) -> None:
    sent = await ask(chat)
    chat.person.edit_text(sent.id, "Can I apply with 4.1?")
    await chat.settled()
    assert "Can I apply with 4.1?" in in_topic(group)
    assert QUESTION not in in_topic(group)

    (topic,) = group.topics
    answer = owner.send_text("No.", group=group, thread=topic.id)
    await chat.settled()
    shown = chat.message.id
    owner.edit_text(answer.id, "Yes!", group=group)
    await chat.settled()
    assert chat.message.id == shown
    assert chat.text.endswith("Yes!")


async def test_notes_stay_in_the_group_and_strangers_are_not_heard(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    said = list(chat.person.said)
    (topic,) = group.topics
    owner.send_text("// call her first", group=group, thread=topic.id)
    stranger = double.person(700000801, "Азиза")
    group.chat.members[stranger.id] = "member"
    stranger.send_text("Of course not", group=group, thread=topic.id)
    await chat.settled()
    assert chat.person.said == said


async def test_files_go_both_ways_by_their_number(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    (topic,) = group.topics
    owner.send_document("form.pdf", "Please fill this in", group=group, thread=topic.id)
    await chat.settled()
    assert chat.message.media is not None
    assert chat.message.media.name == "form.pdf"
    await chat.press(AddTo(1))
    chat.person.send_photo("Like this?")
    await chat.settled()
    last = group.thread(topic.id)[-1]
    assert last.media is not None
    assert last.text == "Like this?"
    assert not any(asked.method == "getFile" for asked in double.requests)


@pytest.mark.parametrize(
    "text",
    [
        "My IIN is 010215500123",
        "ПИН 21502200112345",
        "паспорт ID1234567",
        "card 4111 1111 1111 1111",
    ],
)
async def test_private_numbers_are_refused_with_the_reason(
    chat: Chat, group: Group, text: str
) -> None:
    await chat.settle_in()
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    await chat.send(text)
    assert "This looks like" in chat.text
    await chat.send("phone +996 555 123456, by 2027-01-15")
    assert any(isinstance(press, SendQuestion) for press in chat.presses)
    assert group.topics == []


async def test_a_prepared_answer_helps_before_anything_is_sent(
    chat: Chat, group: Group, owner: Person, clock: MovableClock
) -> None:
    entry = await published(chat, owner, clock)
    await chat.settle_in(Language.KY)
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    await chat.send("Which grade average do I need?")
    await chat.press(ShowAnswer(1, entry))
    assert "Орточо" in chat.text
    await chat.press(ThisHelped(1, entry))
    assert group.topics == []
    async with chat.assistant.db.read() as c:
        known = await faq.get(c, entry)
    assert known is not None
    assert (known.shown, known.helped) == (1, 1)


async def published(chat: Chat, owner: Person, clock: MovableClock) -> int:
    question = Words({Language.EN: "Which grade average do I need?", Language.KY: "Баа?"})
    answer = Words({Language.EN: "At least 4.", Language.KY: "Орточо 4."})
    async with chat.assistant.db.write() as c:
        by = By(owner.id, clock.now())
        entry = await faq.add(c, OFFICE, question, answer, by)
        assert not await faq.publish(c, entry, owner.id)
        assert await faq.publish(c, entry, owner.id + 1)
    return entry


async def test_a_prepared_answer_is_sent_once_in_the_students_language(
    chat: Chat, group: Group, owner: Person, clock: MovableClock
) -> None:
    entry = await published(chat, owner, clock)
    await chat.settle_in(Language.KY)
    await ask_again(chat, "Билбейм")
    card = next(m for m in group.messages if m.buttons)
    for _ in range(2):
        owner.press_data(card.id, SendEntry(OFFICE, 1, entry).pack(), group=group)
        await chat.settled()
    assert sum("Орточо 4." in text for text in chat.person.said) == 1


async def taken(chat: Chat, office: Group, owner: Person) -> tuple[Message, Message]:
    """Take a question with the button of its card; return the card and what was said to that."""
    await ask(chat)
    card = next(m for m in office.messages if m.buttons and TakeOver(OFFICE, 1) in presses_of(m))
    owner.press_data(card.id, TakeOver(OFFICE, 1).pack(), group=office)
    await chat.settled()
    assert "takes this question" in office.last.text
    return card, office.last


async def test_a_press_in_a_topic_is_answered_in_it(
    chat: Chat, group: Group, owner: Person
) -> None:
    """Not in the general one, where nobody knows what is meant."""
    card, said = await taken(chat, group, owner)
    assert said.thread_id == card.thread_id == group.topics[0].id


async def test_a_press_in_a_group_without_topics_is_answered_by_a_reply(
    chat: Chat, plain: Group, owner: Person
) -> None:
    card, said = await taken(chat, plain, owner)
    assert said.reply_to == card.id


async def ask_again(chat: Chat, text: str) -> None:
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    await chat.send(text)
    send = next(press for press in chat.presses if isinstance(press, SendQuestion))
    await chat.press(send)


async def test_an_answer_to_whoever_blocked_the_bot_is_told(
    chat: Chat, group: Group, owner: Person
) -> None:
    await ask(chat)
    chat.person.block()
    (topic,) = group.topics
    owner.send_text("Yes.", group=group, thread=topic.id)
    await chat.settled()
    assert any("has blocked me" in text for text in in_topic(group))
    chat.person.restart()
    await chat.settled()
    assert sum(text.endswith("Yes.") for text in chat.person.said) == 1


async def test_an_answer_that_meets_a_block_is_told(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    """The student blocks the assistant while the answer is on its way."""
    await ask(chat)
    double.faults.add("block", method="sendMessage", chat_id=chat.person.id)
    owner.send_text("Yes.", group=group, thread=group.topics[0].id)
    await chat.settled()
    assert any("Not delivered" in text for text in in_topic(group))


async def test_a_deleted_topic_is_opened_again_with_everything(chat: Chat, group: Group) -> None:
    await ask(chat)
    group.delete_topic(group.topics[0])
    await chat.send("/ask")
    await chat.press(next(press for press in chat.presses if "eh1" in press.pack()))
    await chat.press(AddTo(1))
    await chat.send("Please hurry")
    await chat.wait(seconds=10)
    assert {QUESTION, "Please hurry"} <= set(in_topic(group))


async def test_a_group_that_becomes_a_supergroup_keeps_its_questions(
    chat: Chat, plain: Group, owner: Person
) -> None:
    await ask(chat)
    plain.migrate()
    await chat.settled()
    relayed = next(message for message in plain.messages if message.text == QUESTION)
    owner.send_text("Yes.", group=plain, reply_to=relayed.id)
    await chat.settled()
    assert chat.text.endswith("Yes.")


async def test_a_closed_question_is_told_and_can_be_taken_up_again(
    chat: Chat, group: Group
) -> None:
    await ask(chat)
    await chat.press(CloseQuestion(1))
    await chat.settled()
    assert any("closed the question" in text for text in in_topic(group))
    await chat.press(AddTo(1))
    await chat.send("One more thing")
    assert "One more thing" in in_topic(group)


async def test_without_an_office_the_way_is_shown(chat: Chat) -> None:
    await chat.settle_in()
    await chat.send("/ask")
    assert "National Erasmus+ Office" in chat.text
    assert chat.message.buttons[0].value == "https://erasmusplus.kg"


async def test_the_queue_shows_ages(
    chat: Chat, group: Group, owner: Person, clock: MovableClock
) -> None:
    await ask(chat)
    clock.move_to(clock.now() + timedelta(days=5))
    owner.send_text("/queue", group=group)
    await chat.settled()
    assert "3.9" in group.last.text
    assert "4 working days" in group.last.text


async def test_an_office_is_reminded_once_a_working_day_then_a_second_person(
    chat: Chat, group: Group, owner: Person, colleague: Person
) -> None:
    """Asked on a Saturday, with three working days to answer; another is called on Thursday."""
    await ask(chat)
    async with chat.assistant.db.write() as c:
        await questions.take(c, 1, owner.id)

    def reminders() -> int:
        return sum("has waited" in text for text in in_topic(group))

    await chat.wait(days=3)
    assert reminders() == 0
    await chat.wait(days=1)
    await chat.wait(hours=2)
    assert reminders() == 1
    assert colleague.said == []
    await chat.wait(days=1)
    assert reminders() == 2
    assert any("3.9" in text for text in colleague.said)
    await chat.wait(days=2)
    assert reminders() == 2  # it is Saturday


async def test_a_missing_right_is_named_and_answers_work_by_replies(
    chat: Chat, group: Group, owner: Person
) -> None:
    """The right to open topics is taken away and the office connects again."""
    group.add_bot(owner, admin=True, without=["can_manage_topics"])
    await chat.wait(seconds=1)
    await connect(group, owner, chat.settled)
    assert "right to manage topics" in group.last.text
    await ask(chat)
    assert group.topics == []
    relayed = next(message for message in group.messages if message.text == QUESTION)
    owner.send_text("Yes.", group=group, reply_to=relayed.id)
    await chat.settled()
    assert chat.text.endswith("Yes.")


async def test_a_topic_that_cannot_be_opened_any_more_becomes_a_thread(
    chat: Chat, group: Group, owner: Person
) -> None:
    """Nobody told the assistant that it lost the right."""
    group.add_bot(owner, admin=True, without=["can_manage_topics"])
    await ask(chat)
    assert any(message.text == QUESTION for message in group.messages)


async def test_a_lost_group_is_told_and_loses_no_question(
    chat: Chat, group: Group, owner: Person
) -> None:
    """Somebody throws the assistant out; what was asked meanwhile comes when it is back."""
    group.remove_bot(owner)
    await chat.settled()
    await ask(chat)
    assert "cannot write in the group" in owner.last.text
    group.add_bot(owner, admin=True)
    await chat.wait(seconds=10)
    await connect(group, owner, chat.settled)
    await chat.wait(seconds=10)
    assert in_topic(group).count(QUESTION) == 1


async def test_an_edit_that_overtakes_its_message_is_not_lost(
    chat: Chat, group: Group, double: TelegramDouble
) -> None:
    """The topic cannot be opened for some seconds, and the student corrects the question."""
    double.faults.add("too_many", method="createForumTopic", retry_after=5)
    sent = await ask(chat)
    assert group.topics == []
    chat.person.edit_text(sent.id, "Can I apply with 4.1?")
    await chat.settled()
    await chat.wait(seconds=6)
    assert "Can I apply with 4.1?" in in_topic(group)


async def test_an_edit_with_a_private_number_is_not_mirrored(chat: Chat, group: Group) -> None:
    sent = await ask(chat)
    chat.person.edit_text(sent.id, "My card is 4111 1111 1111 1111")
    await chat.settled()
    assert "bank card" in chat.text
    assert not any("4111" in text for text in in_topic(group))


@pytest.mark.parametrize("forged", ["fc1:kg:1", "fe1:kg:1:1", "ff1:kg:1", "fa1:kg", "h1", "?"])
async def test_strangers_presses_in_the_group_do_nothing(
    chat: Chat, group: Group, double: TelegramDouble, forged: str
) -> None:
    await ask(chat)
    before = [message.text for message in group.messages]
    stranger = Chat(
        chat.assistant, double.person(700000803, "Х", "en"), double, chat.clock, chat.settled
    )
    await stranger.settle_in()
    stranger.person.press_data(group.messages[-1].id, forged, group=group)
    await chat.settled()
    assert [message.text for message in group.messages] == before
    assert "not for you" in stranger.toast


async def test_what_was_begun_is_not_lost(chat: Chat, group: Group) -> None:
    """Whoever looks at something else comes back to what they wrote."""
    await chat.settle_in()
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    await chat.send(QUESTION)
    await chat.send("/deadlines")
    await chat.send("/ask")
    await chat.press(Sharing(1, ""))
    await chat.press(SendQuestion(1))
    assert QUESTION in in_topic(group)


async def test_an_answer_becomes_a_prepared_one_that_another_publishes(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    owner.send_text("At least 4.", group=group, thread=group.topics[0].id)
    await chat.settled()
    card = next(m for m in group.messages if m.buttons)
    owner.press_data(card.id, ToEntry(OFFICE, 1).pack(), group=group)
    await chat.settled()

    office = Chat(chat.assistant, owner, double, chat.clock, chat.settled)
    await office.send("/answers")
    await office.press(ShowEntry(OFFICE, 1))
    await office.press(WriteEntry(OFFICE, 1, "ru"))
    await office.send("Какой нужен балл?\nНе ниже 4.")
    assert "Не ниже 4." in office.text
    await office.press(PublishEntry(OFFICE, 1))
    assert "somebody else" in office.toast
    async with chat.assistant.db.read() as c:
        entry = await faq.get(c, 1)
    assert entry is not None
    assert not entry.published
    assert entry.missing == [Language.KY, Language.KK]


@pytest.mark.usefixtures("group")
async def test_a_question_of_somebody_else_cannot_be_pressed(
    chat: Chat, double: TelegramDouble
) -> None:
    await ask(chat)
    thief = Chat(
        chat.assistant, double.person(700000666, "Х", "en"), double, chat.clock, chat.settled
    )
    await thief.settle_in()
    await thief.press_old(thief.message.id, CloseQuestion(1).pack())
    async with chat.assistant.db.read() as c:
        question = await questions.get(c, 1)
    assert question is not None
    assert question.state == "open"
    assert AskOffice() in thief.presses


async def test_restarts_between_all_steps_lose_nothing(  # noqa: PLR0913, PLR0917 - fixtures
    new_assistant: Callable[[], Assistant],
    double: TelegramDouble,
    clock: MovableClock,
    owner: Person,
    person: Person,
    language: Language,
) -> None:
    """Every step is done by another process, and every update comes twice."""
    group = double.group("Office", [owner], topics=True, admins=[owner])
    group.add_bot(owner, admin=True)

    async def step(act: Callable[[Chat], Awaitable[None]]) -> None:
        assistant = new_assistant()
        await assistant.start()

        async def settled() -> None:
            await double.listening()
            await assistant.quiet()

        try:
            await act(Chat(assistant, person, double, clock, settled))
        finally:
            await assistant.stop()

    async def found(chat: Chat) -> None:
        made = replace(an_office(clock.now()), group_id=group.id, group_has_topics=True)
        async with chat.assistant.db.write() as c:
            await people.greet(c, owner.id, Language.EN, "Asia/Bishkek", clock.now())
            await offices.put(c, made)
            await members.put(c, OFFICE, owner.id, Role.OWNER, clock.now(), name="Д")

    async def asks(chat: Chat) -> None:
        await ask(chat, language)

    async def answers(chat: Chat) -> None:
        owner.send_text("Yes.", group=group, thread=group.topics[0].id)
        await chat.settled()

    async def looks(chat: Chat) -> None:
        assert chat.text.endswith("Yes.")
        assert sum(text.endswith("Yes.") for text in chat.person.said) == 1
        async with chat.assistant.db.read() as c:
            assert not await deliveries.queued_for(c, person.id, Lane.STAFF)

    for act in (found, asks, answers, looks):
        await step(act)
    assert in_topic(group).count(QUESTION) == 1
    assert double.mistakes == []


async def test_the_queue_names_who_has_taken_a_question(
    chat: Chat, group: Group, owner: Person
) -> None:
    await ask(chat)
    card = next(m for m in group.messages if m.buttons)
    owner.press_data(card.id, TakeOver(OFFICE, 1).pack(), group=group)
    await chat.settled()
    owner.send_text("/queue", group=group)
    await chat.settled()
    assert "taken by Данияр" in group.last.text


async def test_a_question_is_handed_to_a_colleague_who_is_told_once(
    chat: Chat, group: Group, owner: Person, colleague: Person
) -> None:
    await ask(chat)
    card = next(m for m in group.messages if m.buttons)
    owner.press_data(card.id, HandOver(OFFICE, 1).pack(), group=group)
    await chat.settled()
    offered = [one for one in presses_of(group.last) if isinstance(one, HandTo)]
    assert HandTo(OFFICE, 1, colleague.id) in offered
    for _ in range(2):
        owner.press_data(group.last.id, HandTo(OFFICE, 1, colleague.id).pack(), group=group)
        await chat.settled()

    assert sum("asks you to answer" in text for text in colleague.said) == 1
    async with chat.assistant.db.read() as c:
        question = await questions.get(c, 1)
    assert question is not None
    assert question.taken_by == colleague.id


async def test_the_expected_day_passes_over_public_holidays(
    chat: Chat,
    group: Group,  # noqa: ARG001 - it answers
    clock: MovableClock,
) -> None:
    """Asked on 31 December, the office means to answer after New Year's holidays."""
    clock.move_to(datetime(2026, 12, 31, 6, tzinfo=UTC))
    await ask(chat)
    assert "12 January" in chat.text


async def test_a_connected_group_has_its_own_menu(group: Group, double: TelegramDouble) -> None:
    (menu,) = [
        str(asked.params["commands"])
        for asked in double.requests
        if asked.method == "setMyCommands" and str(group.id) in str(asked.params.get("scope"))
    ]
    named = re.findall(r"command[\"']: [\"'](\w+)", menu)
    assert named == ["queue", "answers", "connect"]


async def test_who_adds_the_assistant_to_a_group_reads_about_connect(group: Group) -> None:
    assert any("/connect" in message.text for message in group.messages if message.from_bot)


async def test_the_office_reads_whether_an_answer_helped(
    chat: Chat, group: Group, owner: Person
) -> None:
    await ask(chat)
    owner.send_text("Yes.", group=group, thread=group.topics[0].id)
    await chat.settled()
    await chat.press(RateAnswer(1, helped=False))
    await chat.settled()
    assert any("did not help" in text for text in in_topic(group))


async def test_a_students_questions_stand_in_one_topic(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    """It is closed with the last of them, opened by the next, and answers find their question."""
    await ask(chat)
    (topic,) = group.topics
    await ask_again(chat, "And which papers?")
    assert group.topics == [topic]
    assert sum("another question" in text for text in in_topic(group)) == 1

    first = next(m for m in group.messages if m.text == QUESTION)
    owner.send_text("Yes.", group=group, thread=topic.id, reply_to=first.id)
    await chat.settled()
    assert await states(chat, 1, 2) == ["answered", "open"]
    await chat.press(RateAnswer(1, helped=True))
    await chat.settled()
    assert not topic.closed
    owner.send_text("A transcript.", group=group, thread=topic.id)
    await chat.settled()
    assert await states(chat, 1, 2) == ["closed", "answered"]
    await chat.press(RateAnswer(2, helped=True))
    await chat.settled()
    assert topic.closed

    await ask_again(chat, "Until when?")
    assert group.topics == [topic]
    assert not topic.closed
    assert "Until when?" in in_topic(group)
    assert double.mistakes == []


async def states(chat: Chat, *numbers: int) -> list[str]:
    async with chat.assistant.db.read() as c:
        found = [await questions.get(c, number) for number in numbers]
    return [str(one.state) for one in found if one]


async def test_a_students_questions_are_one_thread_without_topics(
    chat: Chat, plain: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    first = next(m for m in plain.messages if "Question 1" in m.text)
    await ask_again(chat, "And which papers?")
    second = next(m for m in plain.messages if "Question 2" in m.text)
    assert second.reply_to == first.id
    owner.send_text("A transcript.", group=plain, reply_to=second.id)
    await chat.settled()
    assert await states(chat, 1, 2) == ["open", "answered"]
    assert double.mistakes == []


async def test_a_deleted_topic_of_two_questions_is_opened_once(chat: Chat, group: Group) -> None:
    await ask(chat)
    await ask_again(chat, "And which papers?")
    group.delete_topic(group.topics[0])
    await chat.send("/ask")
    await chat.press(ShowQuestion(2))
    await chat.press(AddTo(2))
    await chat.send("Please hurry")
    await chat.wait(seconds=10)
    assert {QUESTION, "And which papers?", "Please hurry"} <= set(in_topic(group))
