"""Actions: what a person can apply for."""

from __future__ import annotations

from erasmus.condition_tables import ContentCondition
from erasmus.sources import Citation, Entry
from erasmus.words import CompleteWords


class Action(Entry):
    """One action of Erasmus+ as people meet it.

    `audience` lists the roles that are offered it; `interest` is the wish without which it is not
    pursued; `open_to_region` is false for actions that Central Asia cannot use, which are
    answered with the reason. `keywords` are words, in any of the languages, that people type when
    they mean the action. `rules` are ids of `Rule`, in the order in which they are shown.
    """

    id: str
    short: str
    order: int
    audience: tuple[str, ...]
    interest: ContentCondition | None = None
    open_to_region: bool = True
    label: CompleteWords
    name: CompleteWords
    summary: CompleteWords
    funding: CompleteWords | None = None
    apply: CompleteWords
    link: str | None = None
    keywords: tuple[str, ...] = ()
    checklist: str | None = None
    rules: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
