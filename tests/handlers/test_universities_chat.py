"""The university: asked once at the beginning, found by country, page or name, set by a link."""

from erasmus.words import Language
from handlers.presses import Check, Home, SetLanguage, SetRole, SetUniversity, Universities
from tests.chats import Chat


async def begin(chat: Chat, language: Language = Language.EN, payload: str | None = None) -> None:
    await chat.start(payload)
    await chat.press(SetLanguage(str(language)))


async def test_a_person_finds_theirs_by_country_and_page(chat: Chat, language: Language) -> None:
    await begin(chat, language)
    await chat.press(SetRole("student"))
    await chat.press(Universities("KZ", 0))
    await chat.press(Universities("KZ", 1))
    await chat.press(SetUniversity("shakarim"))

    name = chat.assistant.library.universities["shakarim"].name[language]
    assert name in chat.text
    assert Check("all") in chat.presses
    assert (await chat.stored()).university == "shakarim"
    await chat.send("/settings")
    assert name in chat.text


async def test_a_typed_name_finds_it_too(chat: Chat) -> None:
    await begin(chat)
    await chat.press(SetRole("student"))
    await chat.send("казну")
    await chat.press(SetUniversity("kaznu"))

    assert (await chat.stored()).university == "kaznu"


async def test_a_name_that_is_not_there_leads_on(chat: Chat) -> None:
    await begin(chat)
    await chat.press(SetRole("student"))
    await chat.send("Hogwarts <b>")

    assert "“Hogwarts <b>”" in chat.text
    assert {Universities("KG", 0), SetUniversity("")} <= set(chat.presses)
    await chat.press(SetUniversity(""))
    assert (await chat.stored()).university is None
    assert Check("all") in chat.presses


async def test_it_is_asked_once(chat: Chat) -> None:
    """Neither a skipped question nor an answered one comes back with another role."""
    await begin(chat)
    await chat.press(SetRole("student"))
    await chat.press(SetUniversity(""))
    await chat.send("/settings")
    settings = chat.message.id
    await chat.press_old(settings, SetRole("staff").pack())

    assert Check("all") in chat.presses
    assert SetUniversity("") not in chat.presses


async def test_a_link_of_a_university_sets_it_before_the_first_question(chat: Chat) -> None:
    """From a poster at the university: language, role, and no search for the university."""
    await begin(chat, payload="u_aiu")

    assert "Ala-Too" in chat.text
    await chat.press(SetRole("student"))
    assert Check("all") in chat.presses
    assert (await chat.stored()).university == "aiu"


async def test_a_link_of_no_university_leads_to_the_beginning(chat: Chat) -> None:
    await begin(chat, payload="u_hogwarts")

    assert SetRole("student") in chat.presses
    assert (await chat.stored()).university is None


async def test_a_university_that_is_gone_or_forged_is_not_kept(chat: Chat) -> None:
    await chat.settle_in()
    await chat.press_old(chat.message.id, SetUniversity("hogwarts").pack())

    assert "out of date" in chat.toast
    assert (await chat.stored()).university is None


async def test_any_page_that_is_asked_for_shows_one_that_is_there(chat: Chat) -> None:
    await chat.settle_in()
    for press in (Universities("KZ", 99), Universities("KZ", -3), Universities("XX", 0)):
        await chat.press_old(chat.message.id, press.pack())
        assert "university" in chat.text
        assert SetUniversity("") in chat.presses
    await chat.press(Home())
