"""Find what a text cites."""

from mahdar.citations.symbols import SymbolFound, find_symbols

__all__ = ["SymbolFound", "find_symbols"]
