"""All routing on one page: which function answers which press and which command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from handlers import (
    call_cards,
    deadlines,
    documents,
    eligibility,
    own_dates,
    papers,
    presses,
    privacy,
    reminders,
    settings,
    start,
    verdicts,
)
from handlers.codec import Press
from handlers.goals import ALL
from handlers.screens import Screen
from handlers.turn import Turn

PressHandler: TypeAlias = Callable[[Turn, Any], Awaitable[Screen]]
CommandHandler: TypeAlias = Callable[[Turn], Awaitable[Screen]]

PRESSES: Mapping[type[Press], PressHandler] = {
    presses.Home: start.home,
    presses.Languages: start.languages,
    presses.SetLanguage: start.set_language,
    presses.Roles: start.roles,
    presses.SetRole: start.set_role,
    presses.Check: eligibility.check,
    presses.Ask: eligibility.ask,
    presses.Answer: eligibility.answer,
    presses.Review: eligibility.review,
    presses.StartAgain: eligibility.start_again,
    presses.Result: verdicts.result,
    presses.Card: verdicts.card,
    presses.About: verdicts.about,
    presses.Closed: verdicts.closed,
    presses.Deadlines: deadlines.deadlines,
    presses.Filters: deadlines.filters,
    presses.ShowCall: call_cards.show_call,
    presses.SetFollow: call_cards.set_follow,
    presses.Following: deadlines.following,
    presses.Plans: documents.plans,
    presses.ShowPlan: documents.show_plan,
    presses.AfterSelection: documents.after_selection,
    presses.ShowItem: papers.show_item,
    presses.SetItem: papers.set_item,
    presses.ChooseMonth: own_dates.choose_month,
    presses.ChooseDay: own_dates.choose_day,
    presses.SetDate: own_dates.set_date,
    presses.Settings: settings.settings,
    presses.Zones: settings.zones,
    presses.SetZone: settings.set_zone,
    presses.Reminders: reminders.reminders,
    presses.SetRung: reminders.set_rung,
    presses.SetReminders: reminders.set_reminders,
    presses.Fewer: reminders.fewer,
    presses.CallReminders: reminders.call_reminders,
    presses.SetSubmitted: reminders.set_submitted,
    presses.Snooze: reminders.snooze,
    presses.SetMuted: reminders.set_muted,
    presses.Help: privacy.help_,
    presses.Privacy: privacy.privacy,
    presses.Forget: privacy.forget,
}


async def _check(turn: Turn) -> Screen:
    return await eligibility.check(turn, presses.Check(ALL))


COMMANDS: Mapping[str, CommandHandler] = {
    "check": _check,
    "deadlines": deadlines.deadlines,
    "plan": documents.plans,
    "settings": settings.settings,
    "language": start.languages,
    "help": privacy.help_,
    "privacy": privacy.privacy,
    "forget": privacy.forget,
}
"""All commands but /start, which may carry a link."""

WITHOUT_LANGUAGE = frozenset({presses.SetLanguage, presses.Forget})
"""Presses that are answered before a language is chosen; all others first ask for it."""
