"""Pair the turns and paragraphs of one meeting in two languages."""

from mahdar.alignment.align import Alignment, PairedParagraphs, PairedTurns, align_records

__all__ = ["Alignment", "PairedParagraphs", "PairedTurns", "align_records"]
