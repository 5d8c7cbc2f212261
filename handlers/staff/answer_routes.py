"""Routing of questions and prepared answers at the desk."""

from __future__ import annotations

from typing import Final

from erasmus.offices import Right
from handlers.staff import answer_presses as presses
from handlers.staff import entries, prepared, queue

PRESSES: Final = {
    presses.Queue: queue.show_queue,
    presses.TakeOver: prepared.take_over,
    presses.Prepared: prepared.prepared,
    presses.SendEntry: prepared.send_entry,
    presses.ToEntry: prepared.to_entry,
    presses.Entries: entries.entries,
    presses.ShowEntry: entries.show_entry,
    presses.WriteEntry: entries.write_entry,
    presses.PublishEntry: entries.publish,
    presses.DeleteEntry: entries.delete,
}
COMMANDS: Final = {"queue": queue.queue, "answers": entries.answers}
AWAITED: Final = {entries.ASKING: (Right.TRANSLATE, entries.written)}
