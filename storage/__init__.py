"""The ledger: what people told and asked, what came in and what goes out.

Open a `Database`, take a connection by `write()` or `read()`, and hand it to the query modules:
`people`, `calls`, `follows`, `ticks`, `inbox`, `deliveries`, and what processes share, `leases` and
`pace`. To every other room a connection is opaque. Times go in and come out as aware UTC datetimes.
"""

from storage.database import Connection, Database, is_unavailable

__all__ = ["Connection", "Database", "is_unavailable"]
