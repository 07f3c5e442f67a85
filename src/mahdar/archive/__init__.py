"""Many records, kept: storage by Django's ORM, on SQLite in one folder or on PostgreSQL.

This package is also a Django application, so it imports nothing here: use
:func:`mahdar.open_archive`.
"""
