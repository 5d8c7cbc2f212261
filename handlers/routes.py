"""All routing on one page: which function answers which press and which command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from handlers import (
    call_cards,
    deadlines,
    documents,
    eligibility,
    free_text,
    my_data,
    opportunities,
    own_dates,
    papers,
    presses,
    privacy,
    reminders,
    settings,
    start,
    topics,
    universities,
    verdicts,
)
from handlers.codec import SEPARATOR, Press, StaleButton, read_fields
from handlers.goals import ALL
from handlers.questions import choosing
from handlers.questions import presses as question_presses
from handlers.questions import routes as question_routes
from handlers.screens import Screen
from handlers.staff import routes as staff
from handlers.staff.desk import StaffPress
from handlers.staff.presses import STAFF_PRESSES
from handlers.turn import Turn
from storage import members

PressHandler: TypeAlias = Callable[[Turn, Any], Awaitable[Screen]]
CommandHandler: TypeAlias = Callable[[Turn], Awaitable[Screen]]

PRESSES: Mapping[type[Press], PressHandler] = {
    presses.Home: start.home,
    presses.HomeBeside: start.home_beside,
    presses.Languages: start.languages,
    presses.SetLanguage: start.set_language,
    presses.Roles: start.roles,
    presses.SetRole: start.set_role,
    presses.Universities: universities.choose,
    presses.SetUniversity: start.set_university,
    presses.Check: eligibility.check,
    presses.Ask: eligibility.ask,
    presses.Answer: eligibility.answer,
    presses.Review: eligibility.review,
    presses.StartAgain: eligibility.start_again,
    presses.Result: verdicts.result,
    presses.Card: verdicts.card,
    presses.About: opportunities.about,
    presses.Closed: opportunities.closed,
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
    presses.Topics: topics.topics,
    presses.SetTopicOn: topics.set_topic_on,
    presses.StopTopic: topics.stop_topic,
    presses.FollowAnnounced: topics.follow_announced,
    presses.CheckAnnounced: topics.check_announced,
    **question_routes.PRESSES,
    question_presses.SearchKept: free_text.search_kept,
    presses.Help: privacy.help_,
    presses.Privacy: privacy.privacy,
    presses.MyData: my_data.my_data,
    presses.Forget: privacy.forget,
}


async def _check(turn: Turn) -> Screen:
    return await eligibility.check(turn, presses.Check(ALL))


COMMANDS: Mapping[str, CommandHandler] = {
    "check": _check,
    "deadlines": deadlines.deadlines,
    "plan": documents.plans,
    "ask": choosing.ask_office,
    "settings": settings.settings,
    "stop": reminders.reminders,
    "language": start.languages,
    "help": privacy.help_,
    "privacy": privacy.privacy,
    "forget": privacy.forget,
}
"""All commands but /start, which may carry a link."""

BY_TAG: Mapping[str, type[Press]] = {
    press.tag: press for press in (*presses.PRESSES, *question_presses.PRESSES, *STAFF_PRESSES)
}

WITHOUT_LANGUAGE = frozenset({presses.SetLanguage, presses.Forget})
"""Presses that are answered before a language is chosen; all others first ask for it."""


def unpack(data: str) -> Press:
    """Return the press behind callback data; raise StaleButton where it is none of ours."""
    tag, *values = data.split(SEPARATOR)
    kind = BY_TAG.get(tag)
    if kind is None:
        raise StaleButton(data)
    return read_fields(kind, values)


async def answer(turn: Turn, press: Press) -> Screen:
    """Answer a button; raise StaleButton for what has lost its meaning."""
    if isinstance(press, StaffPress):
        return await staff.answer(turn, press)
    return await PRESSES[type(press)](turn, press)


async def command(turn: Turn, name: str) -> Screen:
    """Answer a command; the members' are unknown to everybody else."""
    if name in staff.COMMANDS and await members.offices_of(turn.c, turn.person.id):
        return await staff.COMMANDS[name](turn)
    return await COMMANDS.get(name, COMMANDS["help"])(turn)
