"""Presses of the desk's calls: the list and what is published, a draft step by step."""

from handlers.staff.calls.presses import drafting, published
from handlers.staff.calls.presses.drafting import (
    AskPart,
    AskPublishers,
    AskText,
    CallDays,
    CallMonths,
    ConfirmDate,
    DropDraft,
    EditDraft,
    OpenDraft,
    PublishCall,
    SetCallAction,
    SetCallDay,
    SetCallField,
    SetCallTime,
    SetCallZone,
    SkipPart,
)
from handlers.staff.calls.presses.published import (
    CallHistory,
    ChangeCall,
    NewCall,
    OfficeCall,
    OfficeCalls,
    StartEmpty,
    TranslateText,
    Untranslated,
    WithdrawCall,
)

PRESSES = (*published.PRESSES, *drafting.PRESSES)

__all__ = [
    "PRESSES",
    "AskPart",
    "AskPublishers",
    "AskText",
    "CallDays",
    "CallHistory",
    "CallMonths",
    "ChangeCall",
    "ConfirmDate",
    "DropDraft",
    "EditDraft",
    "NewCall",
    "OfficeCall",
    "OfficeCalls",
    "OpenDraft",
    "PublishCall",
    "SetCallAction",
    "SetCallDay",
    "SetCallField",
    "SetCallTime",
    "SetCallZone",
    "SkipPart",
    "StartEmpty",
    "TranslateText",
    "Untranslated",
    "WithdrawCall",
]
