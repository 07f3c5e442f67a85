"""Which Mahdar this is; every room may ask."""

__version__ = "0.2.0"
