"""The common stack: python-telegram-bot on httpx, SQLAlchemy's ORM, aiosqlite.

Each press reads a person, stores an answer, renders a screen, edits and answers, and commits.

python -m tests.bench.sides.common_stack ADDRESS TOKEN SCREEN.json DATABASE
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop
from sqlalchemy import JSON, event
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes

from tests.bench.journey import FIRST_CHAT


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    seen_at: Mapped[datetime]


def durable(raw: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
    """Keep as safe as the other side does."""
    cursor = raw.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


async def prepare(engine: AsyncEngine, chats: int) -> None:
    event.listen(engine.sync_engine, "connect", durable)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with async_sessionmaker(engine)() as session:
        for number in range(chats):
            session.add(
                Person(
                    id=FIRST_CHAT + number,
                    language="en",
                    facts={"role": "student"},
                    seen_at=datetime.now(UTC),
                )
            )
        await session.commit()


def main(address: str, token: str, screen: Path, database: str, chats: int) -> None:
    shown = json.loads(screen.read_text("utf-8"))
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    asyncio.get_event_loop().run_until_complete(prepare(engine, chats))
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def press(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        _, _, question, value, _ = query.data.split(":")
        async with sessions() as session:
            person = await session.get(Person, query.from_user.id)
            assert person is not None
            person.facts = {**person.facts, question: value}
            person.seen_at = datetime.now(UTC)
            rows = [[InlineKeyboardButton(**button) for button in row] for row in shown["keyboard"]]
            await session.commit()
        keyboard = InlineKeyboardMarkup(rows)
        await query.edit_message_text(shown["text"], parse_mode="HTML", reply_markup=keyboard)
        await query.answer()

    application = ApplicationBuilder().token(token).base_url(f"{address}/bot").build()
    application.add_handler(CallbackQueryHandler(press))
    application.run_polling(allowed_updates=["callback_query"])


if __name__ == "__main__":
    asyncio.set_event_loop(uvloop.new_event_loop())
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
