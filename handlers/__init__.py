"""Screens, and what a press does. No SQL here, and Telegram's types only in the router."""
