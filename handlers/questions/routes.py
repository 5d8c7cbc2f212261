"""Routing of students' questions: which function answers which press."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from handlers.codec import Press
from handlers.questions import choosing, following, further, prepared, presses, sending
from handlers.screens import Screen
from handlers.turn import Turn

PRESSES: Mapping[type[Press], Callable[[Turn, Any], Awaitable[Screen]]] = {
    presses.AskOffice: choosing.ask_office,
    presses.AskAt: choosing.ask_at,
    presses.DropQuestion: choosing.drop,
    presses.ShowAnswer: prepared.show_answer,
    presses.ThisHelped: prepared.this_helped,
    presses.Sharing: sending.sharing,
    presses.SendQuestion: sending.send,
    presses.ShowQuestion: following.show_question,
    presses.AddTo: following.add_to,
    presses.CloseQuestion: following.close,
    presses.RateAnswer: following.rate,
    presses.AddKept: further.add_kept,
}
