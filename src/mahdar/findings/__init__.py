"""Findings and how they are told: a sentence for each case, in six languages.

The kinds are data, a file for each in ``kinds``: its title and its sentences in all six. A further
language is one file beside this one. A finding keeps what its sentence is filled with, so that it
can be told in another language than it was made in.
"""

from mahdar.findings.kinds import finding_kinds, needed_facts
from mahdar.findings.sentences import explain_finding, languages_told, report, title_finding

__all__ = [
    "explain_finding",
    "finding_kinds",
    "languages_told",
    "needed_facts",
    "report",
    "title_finding",
]
