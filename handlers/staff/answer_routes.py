"""Routing of questions and prepared answers at the desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from erasmus.offices import Right
from handlers.incoming import Incoming
from handlers.screens import Screen
from handlers.staff import answer_presses as presses
from handlers.staff import entries, handing_over, keeping, prepared, queue
from handlers.staff.desk import Desk, StaffPress
from handlers.turn import Turn

PRESSES: Mapping[type[StaffPress], Callable[[Desk, Any], Awaitable[Screen]]] = {
    presses.Queue: queue.show_queue,
    presses.TakeOver: handing_over.take_over,
    presses.HandOver: handing_over.choose,
    presses.HandTo: handing_over.hand_to,
    presses.Prepared: prepared.prepared,
    presses.SendEntry: prepared.send_entry,
    presses.ToEntry: keeping.to_entry,
    presses.KeepAnswer: keeping.keep_answer,
    presses.Entries: entries.entries,
    presses.ShowEntry: entries.show_entry,
    presses.WriteEntry: entries.write_entry,
    presses.PublishEntry: entries.publish,
    presses.DeleteEntry: entries.delete,
}
COMMANDS: Mapping[str, Callable[[Turn], Awaitable[Screen]]] = {
    "queue": queue.queue,
    "answers": entries.answers,
}
AWAITED: Mapping[str, tuple[Right, Callable[[Desk, str, Incoming], Awaitable[Screen]]]] = {
    entries.ASKING: (Right.TRANSLATE, entries.written)
}
