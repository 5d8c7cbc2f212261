"""Which button a tap means, and why one cannot be tapped."""

from collections.abc import Iterable

from bot.telegram_double.arrivals import NotPossible
from bot.telegram_double.keyboards import Button
from bot.telegram_double.messages import Message

Place = str | tuple[int, int] | Button
"""A button's label, its row and column, or itself."""


class NoSuchButton(LookupError):
    """There is no such button; the error says which ones there are."""


class NotPressable(NotPossible):
    """The app itself answers the button: it opens an address or copies a text."""


def find_button(message: Message, button: Place, shown: Iterable[Button]) -> Button:
    """Return the button that is meant among those shown; raise NoSuchButton for none."""
    buttons = list(shown)
    if isinstance(button, Button):
        fitting = [button] if button in buttons else []
    elif isinstance(button, tuple):
        row, column = button
        rows = message.keyboard
        fitting = [rows[row][column]] if row < len(rows) and column < len(rows[row]) else []
    else:
        fitting = [other for other in buttons if other.text == button]
    if not fitting:
        labels = ", ".join(f"«{other.text}»" for other in buttons) or "no buttons"
        raise NoSuchButton(f"no button {button!r} under message {message.id}: {labels}")
    return fitting[0]
