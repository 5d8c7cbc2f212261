"""Which function answers which press, and which text, about announcements."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from erasmus.offices import Right
from handlers.incoming import Incoming
from handlers.screens import Screen
from handlers.staff.announcing import (
    attaching,
    audience,
    changing,
    choosing_topic,
    composing,
    confirming,
    drafting,
    opening,
    pictures,
    presses,
    previews,
    recipients,
    rewording,
    rewriting,
    steering,
    timing,
    translating,
    uncertain,
)
from handlers.staff.announcing.opening import edited, opened
from handlers.staff.desk import Desk, StaffPress

DeskHandler: TypeAlias = Callable[[Desk, Any], Awaitable[Screen]]
SentHandler: TypeAlias = Callable[[Desk, str, Incoming], Awaitable[Screen | None]]

PRESSES: Mapping[type[StaffPress], DeskHandler] = {
    presses.Announcements: opening.listing,
    presses.Beside: steering.beside,
    presses.NewAnnouncement: opening.begin,
    presses.ShowAnnouncement: opened(opening.show),
    presses.WriteText: edited(composing.write_text),
    presses.RemoveText: edited(composing.remove_text),
    presses.ToTranslate: translating.to_translate,
    presses.FillText: opened(translating.fill),
    presses.Preview: opened(previews.preview),
    presses.TryOnMyself: opened(previews.try_on_myself),
    presses.UnderIt: edited(attaching.under_it),
    presses.ButtonChoices: edited(attaching.choices),
    presses.AddButton: edited(attaching.add),
    presses.RemoveButton: edited(attaching.remove),
    presses.ChooseTopic: edited(choosing_topic.choose),
    presses.SetTopic: edited(choosing_topic.set_topic),
    presses.ForWhom: edited(audience.for_whom),
    presses.Narrow: edited(audience.narrow),
    presses.SetSide: edited(audience.set_side),
    presses.When: edited(timing.when),
    presses.ChooseHour: edited(timing.choose_hour),
    presses.SetMoment: edited(timing.set_moment),
    presses.SetWindow: edited(timing.set_window),
    presses.SetPaid: edited(timing.set_paid),
    presses.DeleteDraft: edited(drafting.delete),
    presses.Confirm: edited(confirming.confirm),
    presses.Send: opened(confirming.send),
    presses.Second: opened(confirming.second),
    presses.TakeBack: opened(confirming.take_back),
    presses.Pause: opened(steering.pause),
    presses.GoOn: opened(steering.go_on),
    presses.Stop: opened(steering.stop),
    presses.Uncertain: opened(uncertain.uncertain),
    presses.SendAgain: opened(uncertain.send_again),
    presses.ReportFile: opened(recipients.recipients),
    presses.ReportPicture: opened(pictures.picture),
    presses.Change: opened(changing.change),
    presses.CorrectText: opened(rewording.correct_text),
    presses.DropCorrection: opened(changing.drop),
    presses.PreviewCorrection: opened(changing.preview),
    presses.Correct: opened(changing.correct),
    presses.Recall: opened(changing.recall),
    presses.SteerCorrection: opened(changing.steer),
}

AWAITED: Mapping[str, tuple[Right, SentHandler]] = {
    composing.WAITING: (Right.WRITE, composing.receive_text),
    drafting.KEPT: (Right.WRITE, rewriting.receive),
    attaching.WAITING: (Right.WRITE, attaching.receive_page),
    translating.WAITING: (Right.TRANSLATE, translating.receive),
    rewording.KEPT: (Right.PUBLISH, rewording.receive_again),
    rewording.WAITING: (Right.PUBLISH, rewording.receive),
}
"""What takes the next message; see `handlers.staff.routes`."""

EDITS = frozenset({composing.WAITING, drafting.KEPT, rewording.WAITING, rewording.KEPT})
"""Which of them take an edited message, too."""
