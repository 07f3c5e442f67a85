"""Findings and how they are told: a sentence for each case, in six languages.

The sentences are data, a file for each language beside this one; a finding keeps what they are
filled with, so that it can be told in another language than it was made in.
"""

from mahdar.findings.sentences import explain_finding, languages_told, report

__all__ = ["explain_finding", "languages_told", "report"]
