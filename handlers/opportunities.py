"""Opportunities: what one is, how to apply, and those that Central Asia cannot use."""

from __future__ import annotations

from erasmus.actions import Action
from handlers.codec import Press, StaleButton
from handlers.goals import ALL
from handlers.presses import About, Card, Closed, Home, Result, ShowPlan
from handlers.reasons import Sources
from handlers.screens import Button, Go, Link, Screen, lines, one_each, paragraphs
from handlers.turn import Turn


def find_action(turn: Turn, short: str) -> Action:
    """Return the action of a button; raise StaleButton where there is none."""
    action = turn.library.action_by_short.get(short)
    if action is None:
        raise StaleButton(short)
    return action


def without_rules(turn: Turn) -> list[Action]:
    """Return what is open to people of the reader's role, but cannot be judged here yet."""
    return [
        action
        for action in turn.library.actions.values()
        if action.open_to_region and not action.rules and turn.role in action.audience
    ]


async def about(turn: Turn, press: About) -> Screen:
    """Show what an action is, what it pays, how to apply, and where it says so."""
    action = find_action(turn, press.action)
    t, sources = turn.t, Sources(turn)
    for citation in action.citations:
        sources.mark(citation)
    text = paragraphs(
        f"<b>{t.words(action.name)}</b>",
        t.words(action.summary),
        lines(t("<b>Money</b>"), t.words(action.funding)) if action.funding else None,
        lines(t("<b>Next step</b>"), t.words(action.apply)),
        sources.listed(),
    )
    links: list[Button] = []
    if action.link is not None:
        links.append(Link(t.label("button", "Official page"), action.link))
    if action.checklist is not None:
        links.append(Go(t.label("button", "Documents you need"), ShowPlan(f"a.{action.short}")))
    back = Card(press.goal, press.action) if action.rules else _way_here(turn, action)
    return Screen(text, (*one_each(links), turn.leave(back)))


def _way_here(turn: Turn, action: Action) -> Press:
    return Result(ALL) if action in without_rules(turn) else Home()


async def closed(turn: Turn, _press: Closed | None = None) -> Screen:
    """List the actions that Central Asia cannot use, each with its reason."""
    t = turn.t
    actions = [action for action in turn.library.assessed if not action.open_to_region]
    shown = "\n".join(f"❌ <b>{t.words(action.label)}</b>" for action in actions)
    text = paragraphs(
        t("<b>Not open to Kyrgyzstan and Kazakhstan</b>"),
        shown,
        t("Tap one to see why, and what is open instead."),
    )
    buttons = [Go(t.words(action.label), Card(action.short, action.short)) for action in actions]
    return Screen(text, (*one_each(buttons), turn.leave()))
