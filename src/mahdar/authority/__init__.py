"""Identities: what a printed name stands for."""

from mahdar.authority.names import (
    find_affiliation,
    find_state,
    known_names,
    likely_state,
    names_by_code,
    organisation_name,
    printed_name,
)

__all__ = [
    "find_affiliation",
    "find_state",
    "known_names",
    "likely_state",
    "names_by_code",
    "organisation_name",
    "printed_name",
]
