"""Colour a summary for a terminal; nowhere else."""

from __future__ import annotations

import os
import re
import sys

import click

from mahdar.cli.output import to_standard_output

_HEADS = ("Turns:", "Documents cited", "What was done", "Doubtful places")
_FINDING = re.compile(r"(  )(\d\.\d\d)( \w+:)(.*)", re.DOTALL)
_SURE, _LIKELY = 0.9, 0.5


def wants_colour(output: str | None) -> bool:
    """Tell whether to colour: the result goes to a terminal, and NO_COLOR is not set.

    See https://no-color.org.
    """
    return to_standard_output(output) and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def colour_summary(text: str) -> str:
    """Return a summary with its headings bold and its findings coloured by their score.

    >>> click.unstyle(colour_summary("  0.95 symbol_malformed: x"))
    '  0.95 symbol_malformed: x'
    """
    lines = text.split("\n")
    for number, line in enumerate(lines):
        finding = _FINDING.fullmatch(line)
        if number == 0 or line.startswith(_HEADS):
            lines[number] = click.style(line, bold=True)
        elif finding:
            score = float(finding.group(2))
            colour = "red" if score >= _SURE else "yellow" if score >= _LIKELY else "blue"
            mark = click.style(finding.group(2) + finding.group(3), fg=colour)
            lines[number] = finding.group(1) + mark + finding.group(4)
    return "\n".join(lines)
