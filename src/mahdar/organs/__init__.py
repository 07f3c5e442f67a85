"""Organs: what differs between those that keep verbatim records, one data file each."""

from mahdar.organs.loader import organ_codes, organs, parse_organ, read_organ
from mahdar.organs.organ import Organ
from mahdar.organs.symbols import SymbolRead, read_symbol, write_symbol

__all__ = [
    "Organ",
    "SymbolRead",
    "organ_codes",
    "organs",
    "parse_organ",
    "read_organ",
    "read_symbol",
    "write_symbol",
]
