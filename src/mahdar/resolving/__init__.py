"""Who and what: from a record to the same record with its mentions and people resolved."""

from mahdar.resolving.resolve import resolve_record

__all__ = ["resolve_record"]
