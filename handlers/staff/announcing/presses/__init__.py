"""Presses of announcements at the desk, a step a module, joined here. Their tags begin with `a`.

Whatever changes an announcement names the version that its presser saw, where that matters.
"""

from handlers.codec import kinds
from handlers.staff.announcing.presses.aiming import (
    ChooseHour,
    ChooseTopic,
    ForWhom,
    Narrow,
    SetMoment,
    SetPaid,
    SetSide,
    SetTopic,
    SetWindow,
    When,
)
from handlers.staff.announcing.presses.correcting import (
    Change,
    Correct,
    CorrectText,
    DropCorrection,
    PreviewCorrection,
    Recall,
    SteerCorrection,
)
from handlers.staff.announcing.presses.listing import (
    Announcements,
    Beside,
    DeleteDraft,
    NewAnnouncement,
    ShowAnnouncement,
)
from handlers.staff.announcing.presses.sending import (
    Confirm,
    GoOn,
    Pause,
    ReportFile,
    ReportPicture,
    Second,
    Send,
    SendAgain,
    Stop,
    TakeBack,
    Uncertain,
)
from handlers.staff.announcing.presses.writing import (
    AddButton,
    ButtonChoices,
    FillText,
    Preview,
    RemoveButton,
    RemoveText,
    ToTranslate,
    TryOnMyself,
    UnderIt,
    WriteText,
)
from handlers.staff.desk import StaffPress

PRESSES = kinds(globals(), StaffPress)

__all__ = [
    "PRESSES",
    "AddButton",
    "Announcements",
    "Beside",
    "ButtonChoices",
    "Change",
    "ChooseHour",
    "ChooseTopic",
    "Confirm",
    "Correct",
    "CorrectText",
    "DeleteDraft",
    "DropCorrection",
    "FillText",
    "ForWhom",
    "GoOn",
    "Narrow",
    "NewAnnouncement",
    "Pause",
    "Preview",
    "PreviewCorrection",
    "Recall",
    "RemoveButton",
    "RemoveText",
    "ReportFile",
    "ReportPicture",
    "Second",
    "Send",
    "SendAgain",
    "SetMoment",
    "SetPaid",
    "SetSide",
    "SetTopic",
    "SetWindow",
    "ShowAnnouncement",
    "SteerCorrection",
    "Stop",
    "TakeBack",
    "ToTranslate",
    "TryOnMyself",
    "Uncertain",
    "UnderIt",
    "When",
    "WriteText",
]
