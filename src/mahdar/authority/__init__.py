"""Identities: what a printed name stands for."""

from mahdar.authority.names import find_affiliation, find_state

__all__ = ["find_affiliation", "find_state"]
