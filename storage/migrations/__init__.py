"""The revisions of the tables, applied by Alembic, forward only.

To change a table: edit `storage/models.py`, run the tests, which name every difference, and write
the next number under `versions` by hand. A revision that was released is never edited. An empty
database is made from the models alone, so whatever a revision adds, a trigger too, is said there.
"""
