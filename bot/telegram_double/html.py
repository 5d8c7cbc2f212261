"""Telegram's HTML: which text it accepts, and what it says about the rest.

Offsets in error texts are bytes of the UTF-8 text, as Telegram counts them.
"""

import re
from typing import Final

from bot.telegram_double.entities import Entity, in_order, utf16
from bot.telegram_double.html_tags import ARGUMENTS, KINDS, OpenTag, broken, closed, reference

SPACE: Final = b" \t\n\r\0\x0b"
SPACES: Final = frozenset(bytes([sign]) for sign in SPACE)


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities.

    Raises Refused with the text of Telegram's "can't parse entities".
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.source = text.encode("utf-8", "surrogatepass")
        self.position = 0
        self.written: list[str] = []
        self.length = 0
        self.open: list[OpenTag] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while sign := self._peek():
            if sign == b"<":
                self._tag()
            else:
                self._plain()
        if self.open:
            raise broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.written), in_order(self.entities)

    def _peek(self) -> bytes:
        """Return the next byte, or nothing at the end."""
        return self.source[self.position : self.position + 1]

    def _write(self, text: str) -> None:
        self.written.append(text)
        self.length += utf16(text)

    def _plain(self) -> None:
        if (found := reference(self.source, self.position)) is not None:
            sign, self.position = found
            self._write(sign)
            return
        end = self.position + 1
        while end < len(self.source) and self.source[end : end + 1] not in (b"<", b"&"):
            end += 1
        self._write(self.source[self.position : end].decode("utf-8", "surrogatepass"))
        self.position = end

    def _tag(self) -> None:
        begin = self.position
        self.position += 1
        if self._peek() == b"/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _until(self, stops: bytes) -> str:
        begin = self.position
        while (sign := self._peek()) and sign not in stops:
            self.position += 1
        return self.source[begin : self.position].decode("utf-8", "replace")

    def _skip_space(self) -> None:
        while self._peek() in SPACES:
            self.position += 1

    def _start_tag(self, begin: int) -> None:
        tag = self._until(SPACE + b">").lower()
        if not self._peek():
            raise broken(f"Unclosed start tag at byte offset {begin}")
        if tag not in KINDS:
            raise broken(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument, unix = self._attributes(tag, begin)
        self.position += 1
        if tag == "span" and argument != "spoiler":
            raise broken(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(OpenTag(tag, argument, unix, self.length))

    def _attributes(self, tag: str, begin: int) -> tuple[str, int]:
        argument, unix = "", 0
        while self._peek() != b">":
            self._skip_space()
            if self._peek() == b">":
                break
            name = self._until(SPACE + b"=>/\"'")
            if not name:
                raise broken(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self._skip_space()
            value = self._value(tag, begin) if self._peek() == b"=" else self._bare(tag, begin)
            wanted, prefix = ARGUMENTS.get(tag, ("", ""))
            if name == wanted and value.startswith(prefix):
                argument = "1" if tag == "blockquote" else value[len(prefix) :]
            if (tag, name) == ("tg-time", "unix"):
                unix = int(value) if re.fullmatch(r"-?\d+", value) else 0
        return argument, unix

    def _bare(self, tag: str, begin: int) -> str:
        if not self._peek():
            raise broken(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if tag != "blockquote":
            raise broken(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                f"at byte offset {begin}"
            )
        return ""

    def _value(self, tag: str, begin: int) -> str:
        self.position += 1
        self._skip_space()
        if not self._peek():
            raise broken(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._quoted() if self._peek() in (b'"', b"'") else self._token()
        if not self._peek():
            raise broken(f"Unclosed start tag at byte offset {begin}")
        return value

    def _token(self) -> str:
        begin = self.position
        while re.match(rb"[A-Za-z0-9.-]", self._peek()):
            self.position += 1
        if self._peek() not in {b">", *SPACES}:
            raise broken(f"Unexpected end of name token at byte offset {begin}")
        return self.source[begin : self.position].decode().lower()

    def _quoted(self) -> str:
        quote, value = self._peek(), bytearray()
        self.position += 1
        while self._peek() not in (quote, b""):
            if (found := reference(self.source, self.position)) is not None:
                sign, self.position = found
                value += sign.encode()
            else:
                value += self._peek()
                self.position += 1
        self.position += len(self._peek())
        return value.decode("utf-8", "replace")

    def _end_tag(self, begin: int) -> None:
        self.position += 1
        if not self.open:
            raise broken(f"Unexpected end tag at byte offset {begin}")
        name = self._until(SPACE + b">").lower()
        self._skip_space()
        if self._peek() != b">":
            raise broken(f"Unclosed end tag at byte offset {begin}")
        self.position += 1
        last = self.open.pop()
        if name not in ("", last.tag):
            raise broken(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{last.tag}>", found "</{name}>"'
            )
        if self.length > last.start:
            closed(last, "".join(self.written), self.entities)
