"""The one way from a file to its record, and the pictures of what was done on it."""

from mahdar.reading.read import ReadFile, read_file, read_opened, read_pages_source, read_source

__all__ = ["ReadFile", "read_file", "read_opened", "read_pages_source", "read_source"]
