"""Condition: whether the process can work, and its figures, for those who watch over it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.figures import Figures
from bot.settings import Settings
from erasmus.announcements import Stage
from storage import Database, announcements, deliveries, inbox, migrate, pace

LONGEST_LAG: Final = timedelta(seconds=60)
"""An update that waited longer says that this process, or all of them, do not keep up."""


class Condition:
    """Looks into the ledger when somebody asks; keeps nothing."""

    def __init__(self, db: Database, settings: Settings, clock: Clock, figures: Figures) -> None:
        """Look at nothing yet."""
        self._db, self._settings = db, settings
        self._clock, self._figures = clock, figures

    async def ready(self) -> dict[str, str]:
        """Return what keeps the process from working: database, migrations, lag."""
        if not await self._db.ready():
            return {"database": "away"}
        try:
            revision = await migrate.current(self._settings.database_url)
        except migrate.SchemaTooNew as error:
            return {"migrations": str(error)}
        if revision != migrate.HEAD:
            return {"migrations": f"at {revision}, needed {migrate.HEAD}"}
        lag = await self._look()
        return {"lag": f"{lag.total_seconds():.0f} s"} if lag > LONGEST_LAG else {}

    async def page(self) -> bytes:
        """Return the figures; without the database those of the process alone."""
        if await self._db.ready():
            await self._look()
        return self._figures.page()

    async def _look(self) -> timedelta:
        now, figures = self._clock.now(), self._figures
        async with self._db.read() as c:
            waiting, oldest = await inbox.depth(c)
            lanes = await deliveries.depths(c, now)
            stages = await announcements.numbers(c)
            shared = await pace.look(c, self._settings.bot_id)
        lag = max(now - oldest, timedelta()) if oldest else timedelta()
        figures.inbox.set(waiting)
        figures.lag.set(lag.total_seconds())
        for lane in deliveries.Lane:
            depth, _ = lanes.get(lane, (0, None))
            figures.depth.labels(lane.name.lower()).set(depth)
        for stage in Stage:
            figures.announcements.labels(stage.value).set(stages.get(stage, 0))
        if shared is not None:
            figures.pace.set(shared.rate)
        return lag
