"""Calls as content files tell them, before they become rows."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import model_validator

from erasmus.calls import Call, CallStatus
from erasmus.sources import Citation
from erasmus.wall_times import WallTimes
from erasmus.words import CompleteWords


class SeededCall(WallTimes):
    """A call of the content pack; its dates are those of `WallTimes`."""

    id: str
    action: str
    field: str | None = None
    title: CompleteWords
    url: str | None = None
    status: CallStatus
    based_on: date | None = None
    note: CompleteWords | None = None
    source: Citation

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        wrong = self.misordered()
        if wrong:
            raise ValueError(wrong)
        return self

    def call(self) -> Call:
        """Return the call with aware moments."""
        return Call(
            id=self.id,
            action=self.action,
            field=self.field,
            title=self.title,
            url=self.url,
            opens=self.opening(),
            closes=self.closing(),
            zone=self.zone,
            date_only=self.date_only,
            status=self.status,
            based_on=self.based_on,
            note=self.note,
            source_id=self.source.id,
            section=self.source.section,
        )
