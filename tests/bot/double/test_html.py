"""The double reads HTML as Telegram does, down to the words of its complaints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_double.entities import Entity, trimmed, with_found
from bot.telegram_double.html import parse_html
from bot.telegram_double.markup import to_html
from bot.telegram_double.refusals import Refused


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Ы <b", "Unclosed start tag at byte offset 3"),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<i =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i x>", 'Expected equal sign in declaration of an attribute of the tag "i"'),
        ("<a href=x$>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
    ],
)
def test_broken_markup_is_named_with_its_place(source: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_html(source)
    assert caught.value.description.startswith(f"Bad Request: can't parse entities: {words}")


def test_only_four_entities_have_names_and_all_have_numbers() -> None:
    text, _ = parse_html("&lt;&gt;&amp;&quot;&#1178;&#x49A;&nbsp;&laquo;")
    assert text == '<>&"ҚҚ&nbsp;&laquo;'


def test_marks_are_counted_in_utf16_units() -> None:
    text, entities = parse_html("🎓 <b>Ө<i>ү</i></b>")
    assert text == "🎓 Өү"
    assert entities == [Entity("bold", 3, 2), Entity("italic", 4, 1)]


def test_a_link_without_a_good_address_is_plain_text() -> None:
    _, entities = parse_html('<a href="nowhere">x</a> <a href="https://a.org?q=1&amp;r">y</a>')
    assert [entity.extra["url"] for entity in entities] == ["https://a.org/?q=1&r"]


@pytest.mark.parametrize(
    "source",
    [
        "<b>a</b> <i>b</i>",
        "<b>a <i>b</i></b>",
        "<blockquote expandable>a\nb</blockquote>",
        '<a href="https://europa.eu/a">a</a> &amp; &lt;b&gt;',
        "<b>1</b><u>2</u><s>3</s><tg-spoiler>4</tg-spoiler><code>5</code>",
    ],
)
def test_what_was_read_can_be_written_again(source: str) -> None:
    assert to_html(*parse_html(source)) == source


@given(st.text())
def test_plain_text_survives_writing_and_reading(text: str) -> None:
    """Whatever a name contains, escaped it stays what it is."""
    assert parse_html(to_html(text, []))[0] == text


def test_space_around_a_text_is_cut_with_its_marks() -> None:
    text, entities = trimmed("  \n Hi \n", [Entity("bold", 2, 4)])
    assert (text, entities) == ("Hi", [Entity("bold", 0, 2)])


def test_addresses_and_commands_are_found_but_not_inside_code() -> None:
    text = "/help https://a.org/x. or office@univ.kg"
    found = [(e.type, e.offset, e.length) for e in with_found(text, [])]
    assert found == [("bot_command", 0, 5), ("url", 6, 15), ("email", 26, 14)]
    assert len(with_found(text, [Entity("code", 0, 5)])) == 3
