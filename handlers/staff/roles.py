"""Roles by their names, and what each is for."""

from __future__ import annotations

from erasmus.offices import Role
from locales import Texts


def role_name(t: Texts, role: Role) -> str:
    """Return the name of a role, as it stands on a button."""
    return {
        Role.OWNER: t.label("button2", "Owner"),
        Role.PUBLISHER: t.label("button2", "Publisher"),
        Role.EDITOR: t.label("button2", "Editor"),
        Role.TRANSLATOR: t.label("button2", "Translator"),
        Role.READER: t.label("button2", "Reader"),
    }[role]


def about_role(t: Texts, role: Role) -> str:
    """Say in a sentence what a role may do."""
    return {
        Role.OWNER: t("An owner may do everything, and decides who works here."),
        Role.PUBLISHER: t("A publisher writes, answers, publishes and can stop everything."),
        Role.EDITOR: t("An editor writes drafts and answers questions."),
        Role.TRANSLATOR: t("A translator fills in missing languages."),
        Role.READER: t("A reader sees the lists and the numbers."),
    }[role]
