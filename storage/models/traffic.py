"""What comes in, what goes out, and what the processes of one bot share."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, String, Table, Text, and_, or_

from storage.columns import Document, Id, Numbered, Utc, spelled
from storage.models.base import in_state, is_suspect, metadata, partial
from storage.states import ArrivalState, DeliveryState, Lane

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
    # The announcement or correction that it is one copy of.
    Column("batch", String(32)),
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

# Chats that were written to lately, and until when they are let alone.
rests = Table(
    "rests",
    metadata,
    Column("chat_id", Id, primary_key=True, autoincrement=False),
    Column("since", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    # When the last messages left, in seconds since 1970.
    Column("departures", Document(list), nullable=False),
)

# What all processes remember together, by name.
marks = Table(
    "marks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

_NEW = in_state(inbox, ArrivalState.NEW)
partial("ix_inbox_new", inbox.c.update_id, where=_NEW)
partial("ix_inbox_new_of_chat", inbox.c.chat_id, inbox.c.update_id, where=_NEW)
Index("ix_inbox_received", inbox.c.received_at)
_HELD = inbox.c.holder.is_not(None)
# The referee of order among what comes in: one update of a chat is being handled at a time.
Index("uq_inbox_held", inbox.c.chat_id, unique=True, sqlite_where=_HELD, postgresql_where=_HELD)
partial("ix_inbox_suspects", inbox.c.update_id, where=and_(_NEW, is_suspect(inbox.c.deaths)))

_QUEUED = in_state(deliveries, DeliveryState.QUEUED)
_SENDING = in_state(deliveries, DeliveryState.SENDING)
partial(
    "ix_deliveries_due",
    deliveries.c.lane,
    deliveries.c.due_at,
    deliveries.c.id,
    where=_QUEUED,
)
partial(
    "ix_deliveries_waiting_of_chat",
    deliveries.c.chat_id,
    deliveries.c.id,
    where=or_(_QUEUED, _SENDING),
)
partial("ix_deliveries_call", deliveries.c.call_id, where=_QUEUED)
partial("ix_deliveries_lease", deliveries.c.lease_until, where=_SENDING)
partial(
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
partial(
    "ix_deliveries_valid_until",
    deliveries.c.valid_until,
    where=and_(_QUEUED, deliveries.c.valid_until.is_not(None)),
)
partial(
    "ix_deliveries_suspects",
    deliveries.c.lane,
    deliveries.c.due_at,
    deliveries.c.id,
    where=and_(_QUEUED, is_suspect(deliveries.c.crashes)),
)
partial(
    "ix_deliveries_batch",
    deliveries.c.batch,
    deliveries.c.state,
    deliveries.c.id,
    where=deliveries.c.batch.is_not(None),
)
