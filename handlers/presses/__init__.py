"""Presses: every button of an applicant, an area a module, joined on this page.

A tag is a letter for the meaning and a digit for the version of its fields; a tag once released
is never used with another meaning. A press never says who presses: that comes from the update.
"""

from handlers.codec import Press, kinds
from handlers.presses.calls import (
    Deadlines,
    Filters,
    Following,
    SetFollow,
    ShowCall,
)
from handlers.presses.checking import (
    About,
    Answer,
    Ask,
    Card,
    Check,
    Closed,
    Result,
    Review,
    StartAgain,
)
from handlers.presses.documents import (
    AfterSelection,
    ChooseDay,
    ChooseMonth,
    Plans,
    SetDate,
    SetItem,
    ShowItem,
    ShowPlan,
)
from handlers.presses.reminders import (
    CallReminders,
    Fewer,
    Reminders,
    SetMuted,
    SetReminders,
    SetRung,
    SetSubmitted,
    Snooze,
)
from handlers.presses.settings import (
    Forget,
    Help,
    MyData,
    Privacy,
    Settings,
    SetZone,
    Zones,
)
from handlers.presses.start import (
    Home,
    HomeBeside,
    Languages,
    Roles,
    SetLanguage,
    SetRole,
    SetUniversity,
    Universities,
)
from handlers.presses.topics import (
    CheckAnnounced,
    FollowAnnounced,
    SetTopicOn,
    StopTopic,
    Topics,
)

PRESSES = kinds(globals(), Press)

__all__ = [
    "PRESSES",
    "About",
    "AfterSelection",
    "Answer",
    "Ask",
    "CallReminders",
    "Card",
    "Check",
    "CheckAnnounced",
    "ChooseDay",
    "ChooseMonth",
    "Closed",
    "Deadlines",
    "Fewer",
    "Filters",
    "FollowAnnounced",
    "Following",
    "Forget",
    "Help",
    "Home",
    "HomeBeside",
    "Languages",
    "MyData",
    "Plans",
    "Privacy",
    "Reminders",
    "Result",
    "Review",
    "Roles",
    "SetDate",
    "SetFollow",
    "SetItem",
    "SetLanguage",
    "SetMuted",
    "SetReminders",
    "SetRole",
    "SetRung",
    "SetSubmitted",
    "SetTopicOn",
    "SetUniversity",
    "SetZone",
    "Settings",
    "ShowCall",
    "ShowItem",
    "ShowPlan",
    "Snooze",
    "StartAgain",
    "StopTopic",
    "Topics",
    "Universities",
    "Zones",
]
