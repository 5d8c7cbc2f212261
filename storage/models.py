"""The tables. The order of the columns is the order of the fields in the rows' dataclasses."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    and_,
    false,
    literal_column,
    not_,
    or_,
)

from erasmus.calls import CallStatus
from erasmus.plans import ItemState
from erasmus.words import Language
from storage.columns import Document, Id, Numbered, Utc, numbers, spelled, texts
from storage.states import ArrivalState, DeliveryState, Lane

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("language", spelled(Language), nullable=False),
    Column("language_chosen", Boolean, nullable=False, default=False),
    Column("zone", String(64), nullable=False),
    Column("facts", Document(dict), nullable=False),
    Column("ladder", numbers(), nullable=False),
    Column("reminders_on", Boolean, nullable=False, default=True),
    Column("asking", Text),
    Column("created_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("unreachable_since", Utc),
    Column("digest_day", String(10)),
)

calls = Table(
    "calls",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("action", String(64), nullable=False),
    Column("field", String(64)),
    Column("title", texts(), nullable=False),
    Column("url", Text),
    Column("opens", Utc),
    Column("closes", Utc, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("date_only", Boolean, nullable=False),
    Column("status", spelled(CallStatus), nullable=False),
    Column("based_on", Date),
    Column("note", texts()),
    Column("source_id", String(64), nullable=False),
    Column("section", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("owner", ForeignKey(people.c.id, ondelete="CASCADE")),
    Column("revised_at", Utc, nullable=False),
)

Index(None, calls.c.owner)

follows = Table(
    "follows",
    metadata,
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("call_id", ForeignKey(calls.c.id, ondelete="CASCADE"), primary_key=True),
    Column("followed_at", Utc, nullable=False),
    Column("muted", Boolean, nullable=False, default=False),
    Column("submitted_at", Utc),
    Column("planned_at", Utc),
    # Whether reminders were put for what the person, the call and the papers are now.
    Column("planned", Boolean, nullable=False, server_default=false()),
)
Index(None, follows.c.call_id)

ticks = Table(
    "ticks",
    metadata,
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("plan", String(64), primary_key=True),
    Column("item", String(64), primary_key=True),
    Column("state", spelled(ItemState), nullable=False),
    Column("since", Utc, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", Id, primary_key=True, autoincrement=False),
    Column("chat_id", Id, nullable=False),
    Column("payload", Document(dict), nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("state", spelled(ArrivalState), nullable=False, default=ArrivalState.NEW),
    Column("attempts", Integer, nullable=False, default=0),
    Column("problem", Text),
    Column("handled_at", Utc),
    Column("holder", String(128)),
    Column("held_until", Utc),
    # How many processes ended while they were handling it.
    Column("deaths", Integer, nullable=False, server_default="0"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("lane", Numbered(Lane), nullable=False),
    Column("chat_id", Id, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("body", Document(dict), nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("valid_until", Utc),
    Column("state", spelled(DeliveryState), nullable=False, default=DeliveryState.QUEUED),
    Column("attempts", Integer, nullable=False, default=0),
    Column("call_id", String(64)),
    Column("revision", Integer),
    Column("occasion", String(128)),
    Column("message_id", Id),
    Column("created_at", Utc, nullable=False),
    Column("problem", Text),
    Column("settled_at", Utc),
    Column("lease_until", Utc),
    Column("joined_to", Id),
    Column("crashes", Integer, nullable=False, default=0),
    # A number that forget() freed must not come back: a sender may still hold the old row.
    sqlite_autoincrement=True,
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("owner", String(128), nullable=False),
    Column("until", Utc, nullable=False),
    Column("token", Integer, nullable=False),
)

# Times are seconds since 1970 by the database's clock.
pace = Table(
    "pace",
    metadata,
    Column("bot", String(64), primary_key=True),
    Column("next_at", Float(53), nullable=False),
    Column("rate", Float(53), nullable=False),
    Column("paused_until", Float(53), nullable=False),
    Column("raised_at", Float(53), nullable=False),
    Column("refused_at", Float(53), nullable=False),
    Column("departures", Document(list), nullable=False),
)


def in_state(table: FromClause, *states: StrEnum) -> ColumnElement[bool]:
    """Return `state = 'a' OR state = 'b'` with the words in the statement itself.

    SQLite uses a partial index only where a query repeats the words of its condition; a bound
    parameter or an IN would scan the table.
    """
    return or_(*(table.c.state == literal_column(f"'{state.value}'") for state in states))


def is_suspect(counter: ColumnElement[int]) -> ColumnElement[bool]:
    """Return `counter > 0` with the number in the statement itself, for a partial index."""
    return counter > literal_column("0")


def _partial(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> Index:
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


_partial("ix_people_unreachable", people.c.id, where=people.c.unreachable_since.is_not(None))
_partial(
    "ix_follows_unplanned",
    follows.c.person_id,
    follows.c.call_id,
    where=not_(follows.c.planned),
)

_NEW = in_state(inbox, ArrivalState.NEW)
_partial("ix_inbox_new", inbox.c.update_id, where=_NEW)
_partial("ix_inbox_new_of_chat", inbox.c.chat_id, inbox.c.update_id, where=_NEW)
_partial("ix_inbox_suspects", inbox.c.update_id, where=and_(_NEW, is_suspect(inbox.c.deaths)))
Index("ix_inbox_received", inbox.c.received_at)
_HELD = inbox.c.holder.is_not(None)
# The referee of order among what comes in: one update of a chat is being handled at a time.
Index("uq_inbox_held", inbox.c.chat_id, unique=True, sqlite_where=_HELD, postgresql_where=_HELD)

_QUEUED = in_state(deliveries, DeliveryState.QUEUED)
_SENDING = in_state(deliveries, DeliveryState.SENDING)
_partial(
    "ix_deliveries_due",
    deliveries.c.lane,
    deliveries.c.due_at,
    deliveries.c.id,
    where=_QUEUED,
)
_partial(
    "ix_deliveries_waiting_of_chat",
    deliveries.c.chat_id,
    deliveries.c.id,
    where=or_(_QUEUED, _SENDING),
)
_partial(
    "ix_deliveries_valid_until",
    deliveries.c.valid_until,
    where=and_(_QUEUED, deliveries.c.valid_until.is_not(None)),
)
_partial(
    "ix_deliveries_suspects",
    deliveries.c.lane,
    deliveries.c.due_at,
    deliveries.c.id,
    where=and_(_QUEUED, is_suspect(deliveries.c.crashes)),
)
_partial("ix_deliveries_call", deliveries.c.call_id, where=_QUEUED)
_partial("ix_deliveries_lease", deliveries.c.lease_until, where=_SENDING)
_partial(
    "ix_deliveries_joined", deliveries.c.joined_to, where=in_state(deliveries, DeliveryState.JOINED)
)
Index("ix_deliveries_settled", deliveries.c.settled_at)
# The referee of order: whatever the senders do, one message of a chat is on its way at a time.
Index(
    "uq_deliveries_sending",
    deliveries.c.chat_id,
    unique=True,
    sqlite_where=_SENDING,
    postgresql_where=_SENDING,
)
