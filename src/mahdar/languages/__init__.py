"""What differs between languages, as data, and its loader."""

from mahdar.languages.loader import Language, language_codes, load_language, parse_language

__all__ = ["Language", "language_codes", "load_language", "parse_language"]
