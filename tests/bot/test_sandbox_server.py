"""The sandbox: its server answers its own page only, its clock brings reminders on time."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.assembly import build
from bot.clock import MovableClock
from bot.sandbox.example import NAME, open_group, open_office
from bot.sandbox.hands import Hands, ShiftedClock
from bot.sandbox.phones import Phones
from bot.sandbox.server import create_app
from bot.settings import Settings
from bot.telegram_double import DoubleRequest, Pace, TelegramDouble
from erasmus.offices import Role
from erasmus.words import Language
from storage import follows, members


@pytest.fixture
def shifted(clock: MovableClock) -> ShiftedClock:
    return ShiftedClock(clock)


@pytest.fixture
def double(shifted: ShiftedClock) -> TelegramDouble:
    return TelegramDouble(shifted.now, pace=Pace.off(), token="1000001:" + "d" * 35)


@pytest.fixture
async def hands(
    settings: Settings, shifted: ShiftedClock, double: TelegramDouble
) -> AsyncIterator[Hands]:
    request = DoubleRequest(double)
    assistant = build(
        settings, clock=shifted, request=request, bulk_request=request, updates_request=request
    )
    await assistant.start()
    yield Hands(assistant, double, shifted)
    await assistant.stop()


@pytest.fixture
async def page(
    double: TelegramDouble, shifted: ShiftedClock, hands: Hands
) -> AsyncIterator[TestClient[Any, Any]]:
    async with TestClient(TestServer(create_app(double, shifted, hands))) as client:
        yield client


async def post(page: TestClient[Any, Any], path: str, **given: object) -> ClientResponse:
    origin = str(page.make_url("/")).rstrip("/")
    return await page.post(f"/api/{path}", json=given, headers={"Origin": origin})


async def shown(page: TestClient[Any, Any], phone: int = 1) -> dict[str, Any]:
    answer = await page.get("/api/phone", params={"phone": phone})
    told: dict[str, Any] = await answer.json()
    return told


async def test_another_name_of_this_machine_is_refused(page: TestClient[Any, Any]) -> None:
    """A page of somebody else may have its own name resolve to this machine."""
    assert (await page.get("/", headers={"Host": "evil.example:8080"})).status == 403
    assert (await page.get("/")).status == 200


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
async def test_other_pages_change_nothing(page: TestClient[Any, Any], origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    answer = await page.post("/api/start", json={"phone": 1}, headers=headers)
    assert answer.status == 403
    assert not (await shown(page))["started"]


async def test_the_page_loads_nothing_from_elsewhere(page: TestClient[Any, Any]) -> None:
    for path in ("", "page.css", "page.js", "chat.js", "message.js", "time.js", "tools.js"):
        answer = await page.get(f"/{path}")
        assert answer.status == 200
        text = (await answer.text()).replace("http://www.w3.org/", "")
        assert "https://" not in text
        assert 'src="http' not in text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_phones_belong_to_different_people(page: TestClient[Any, Any]) -> None:
    first, second = [(await shown(page, phone))["person"] for phone in (1, 2)]
    assert first["id"] != second["id"]
    assert first["language_code"] != second["language_code"]
    assert (await page.get("/api/phone", params={"phone": 99})).status == 404


async def test_what_the_app_would_not_do_is_said(page: TestClient[Any, Any]) -> None:
    await post(page, "start", phone=1)
    await post(page, "block", phone=1)
    answer = await post(page, "text", phone=1, text="hello")
    assert answer.status == 409
    assert "blocked" in (await answer.json())["problem"]


async def test_a_new_person_is_unknown_and_has_an_empty_chat(page: TestClient[Any, Any]) -> None:
    await post(page, "start", phone=1)
    before = await shown(page)
    await post(page, "replace", phone=1)
    after = await shown(page)

    assert before["messages"]
    assert after["messages"] == []
    assert not after["started"]
    assert after["person"]["id"] != before["person"]["id"]


async def test_the_clock_stops_at_the_next_reminder(
    hands: Hands, double: TelegramDouble, shifted: ShiftedClock, clock: MovableClock
) -> None:
    person = Phones(double).owner(1)
    assert not await hands.to_next_reminder()
    person.start()
    await double.listening()
    await _follow_first(hands, person.id, shifted)
    said = len(person.said)

    assert await hands.to_next_reminder()
    assert len(person.said) == said + 1
    assert person.last.date == shifted.now()
    assert shifted.now() > clock.now()
    assert double.refusals == []


async def test_a_week_at_once_brings_each_reminder_on_its_day(
    hands: Hands, double: TelegramDouble, shifted: ShiftedClock
) -> None:
    person = Phones(double).owner(1)
    person.start()
    await double.listening()
    await _follow_first(hands, person.id, shifted)
    await hands.to_next_reminder()
    first = len(person.messages)

    target = shifted.now() + timedelta(days=7)
    await hands.advance(timedelta(days=7))
    days = [message.date.date() for message in person.messages[first:]]
    assert shifted.now() == target
    assert len(days) > 1
    assert len(set(days)) == len(days)
    assert "reminder" in {line.kind for line in await hands.sent()}


async def _follow_first(hands: Hands, person_id: int, shifted: ShiftedClock) -> None:
    assistant = hands.assistant
    await assistant.quiet()
    async with assistant.db.write() as c:
        first = min(
            assistant.library.calls, key=lambda call: (call.closed(shifted.now()), call.closes)
        )
        await follows.follow(c, person_id, first.id, shifted.now())


async def test_a_group_with_topics_is_on_the_phones_of_its_members(
    page: TestClient[Any, Any], double: TelegramDouble
) -> None:
    """A colleague answers in a topic; whoever is not in the group does not see it."""
    group = open_group(double, Phones(double))
    status, body = double.call("createForumTopic", {"chat_id": group.id, "name": "Question 1"})
    assert status == 200
    thread = body["result"]["message_thread_id"]
    place = {"chat": group.id, "thread": thread}
    await post(page, "media", phone=3, kind="document", name="form.pdf", caption="Here", **place)
    await post(page, "edit", phone=3, message=group.messages[-1].id, text="There", **place)

    answer = await page.get("/api/phone", params={"phone": 2, **place})
    told = await answer.json()
    assert [chat["title"] for chat in told["chats"]] == ["", NAME[Language.KK]]
    assert told["chats"][1]["topics"][0]["name"] == "Question 1"
    last = told["messages"][-1]
    assert (last["from"], last["text"], last["media"]["name"]) == ("Мария", "There", "form.pdf")
    stranger = await page.get("/api/phone", params={"phone": 1, **place})
    assert (await stranger.json())["messages"] == []


async def test_the_sandbox_begins_with_an_example_office(
    hands: Hands, double: TelegramDouble, shifted: ShiftedClock
) -> None:
    """Opened again, it stays as it was."""
    phones = Phones(double)
    for _ in range(2):
        async with hands.assistant.db.write() as c:
            await open_office(c, phones, -5, shifted.now())
    async with hands.assistant.db.read() as c:
        (known,) = await members.offices_of(c, phones.owner(2).id)
    assert known[0].group_id == -5
    assert known[1] is Role.OWNER
