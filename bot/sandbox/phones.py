"""The phones on the page: each is a person of the double, who can be sent away for another."""

from secrets import randbelow
from typing import Final

from bot.telegram_double import Person, TelegramDouble

OWNERS: Final = (("Айгүл", "ky"), ("Данияр", "kk"), ("Мария", "ru"), ("Alex", "en"))
"""Names and phone languages of the first people; after them it begins again."""

MOST: Final = 9
FIRST_OWNER: Final = 700_000_000
STRANGERS: Final = 1_000_000_000
"""Owners keep their numbers from one run to the next; who comes later has one nobody had."""


class Phones:
    """Phones by number, from 1 to ``MOST``."""

    def __init__(self, double: TelegramDouble) -> None:
        self._double = double
        self._owners: dict[int, Person] = {}

    def owner(self, number: int) -> Person:
        """Return whose phone it is; raises KeyError for a number that is none."""
        if not 1 <= number <= MOST:
            raise KeyError(number)
        if number not in self._owners:
            name, language = OWNERS[(number - 1) % len(OWNERS)]
            self._owners[number] = self._double.person(FIRST_OWNER + number, name, language)
        return self._owners[number]

    def replace(self, number: int) -> Person:
        """Give the phone to somebody the bot has never met, with the same name and language."""
        before = self.owner(number).account
        stranger = STRANGERS + randbelow(STRANGERS)
        person = self._double.person(stranger, before.first_name, before.language_code)
        self._owners[number] = person
        self._double.world.changed()
        return person
