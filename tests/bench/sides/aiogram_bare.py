"""The bare side: aiogram edits the message and answers the button; nothing is kept.

python -m tests.bench.sides.aiogram_bare ADDRESS TOKEN SCREEN.json
"""

import json
import sys
from pathlib import Path

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup


async def main(address: str, token: str, screen: Path) -> None:
    shown = json.loads(screen.read_text("utf-8"))
    text = shown["text"]

    async def press(query: CallbackQuery) -> None:
        rows = [[InlineKeyboardButton(**button) for button in row] for row in shown["keyboard"]]
        keyboard = InlineKeyboardMarkup(inline_keyboard=rows)
        await query.message.edit_text(text, parse_mode="HTML", reply_markup=keyboard)
        await query.answer()

    dispatcher = Dispatcher()
    dispatcher.callback_query.register(press)
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    await dispatcher.start_polling(Bot(token, session=session), allowed_updates=["callback_query"])


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
