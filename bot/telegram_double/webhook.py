"""Updates pushed to a webhook, by Telegram's rules: in order, again and again, with a secret."""

import asyncio
from typing import Final

import aiohttp

from bot.telegram_double.engine import TelegramDouble
from bot.telegram_double.updates import Waiting

PATIENCE: Final = 60.0
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
OK: Final = range(200, 300)


class WebhookPusher:
    """Pushes the updates of a double while it has a webhook.

    Updates of one chat (taps: of one person) go one after another, others side by side. Anything
    but 2xx is tried again after a pause that doubles; ``first_pause`` is in seconds.
    """

    def __init__(self, double: TelegramDouble, *, first_pause: float = FIRST_PAUSE) -> None:
        self._double = double
        self._first_pause = first_pause
        self._queues: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Push until cancelled."""
        updates = self._double.world.updates
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as session:
            try:
                while True:
                    updates.arrived.clear()
                    self._start_queues(session)
                    await updates.arrived.wait()
            finally:
                for task in self._queues.values():
                    task.cancel()
                await asyncio.gather(*self._queues.values(), return_exceptions=True)

    def _start_queues(self, session: aiohttp.ClientSession) -> None:
        for update in self._double.world.updates.waiting:
            task = self._queues.get(update.queue)
            if task is None or task.done():
                self._queues[update.queue] = asyncio.create_task(
                    self._empty(session, update.queue), name=f"webhook queue {update.queue}"
                )

    async def _empty(self, session: aiohttp.ClientSession, queue: int) -> None:
        updates, pause = self._double.world.updates, self._first_pause
        while updates.webhook.url:
            updates.expire(self._double.world.now())
            update = next((update for update in updates.waiting if update.queue == queue), None)
            if update is None:
                return
            if await self._push(session, update):
                updates.confirm(update.id)
                pause = self._first_pause
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _push(self, session: aiohttp.ClientSession, update: Waiting) -> bool:
        hook = self._double.world.updates.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update.as_json(), headers=headers) as response:
                if response.status in OK:
                    return True
                problem = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            problem = f"Connection failed: {type(error).__name__}"
        hook.error, hook.error_at = problem, self._double.world.now()
        return False
