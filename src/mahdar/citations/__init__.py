"""Find what a text cites."""

from mahdar.citations.find import find_citations
from mahdar.citations.symbols import SymbolFound, find_symbols

__all__ = ["SymbolFound", "find_citations", "find_symbols"]
