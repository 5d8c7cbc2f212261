"""Every word of the interface, and how each language writes dates, moments, numbers and lists.

A message is its English sentence; `locales/<language>/LC_MESSAGES/messages.po` translates it.
`python -m locales extract`, then `update`, brings new messages to the translators; `check` says
what is missing or wrong.
"""

from locales.languages import ENDONYMS, language_of
from locales.markup import Safe
from locales.texts import N_, Texts, texts_for

__all__ = ["ENDONYMS", "N_", "Safe", "Texts", "language_of", "texts_for"]
