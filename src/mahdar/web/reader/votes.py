"""A vote on the page of a record: how the States voted, as a picture and as lists."""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext

from mahdar.model import State, Vote
from mahdar.web import links, names
from mahdar.web.numbers import write_number

_WIDE, _HIGH = 600, 22


def vote_chart(vote: Vote, name: str) -> str:
    """Return a vote as a bar with its lists, in the language of the interface.

    Args:
        vote: with the States under each head.
        name: of the vote on the page, for its own names.
    """
    heads: list[tuple[str, tuple[State, ...]]] = [
        ("in_favour", vote.in_favour), ("against", vote.against),
        ("abstaining", vote.abstaining), ("not_participating", vote.not_participating),
    ]  # fmt: skip
    total = sum(len(states) for _, states in heads)
    if not total:
        return ""
    code = names.interface()
    rtl = names.direction(code) == "rtl"
    bars, lists, said = [], [], []
    at = 0.0
    for choice, states in heads:
        if not states:
            continue
        wide = _WIDE * len(states) / total
        left = _WIDE - at - wide if rtl else at
        bars.append(f'<rect class="{choice}" x="{left:.1f}" width="{wide:.1f}" height="{_HIGH}"/>')
        at += wide
        title = escape(str(names.CHOICES[choice]))
        count = write_number(len(states))
        said.append(f"{title}: {count}")
        items = "".join(f"<li>{_state(state)}</li>" for state in states)
        lists.append(
            f'<details class="{choice}">'
            f"<summary>{title} <b>{count}</b></summary><ul>{items}</ul></details>"
        )
    label = escape(gettext("How States voted")) + ". " + "; ".join(said)
    return (
        f'<figure class="vote" id="{name}v" lang="{code}" dir="{names.direction(code)}">'
        f'<svg role="img" aria-label="{label}" viewBox="0 0 {_WIDE} {_HIGH}"'
        f' preserveAspectRatio="none">{"".join(bars)}</svg>{"".join(lists)}</figure>'
    )


def _state(state: State) -> str:
    if state.code is None:
        return f"<bdi>{escape(state.label)}</bdi>"
    return f'<a href="{links.to_state(state.code)}">{escape(names.body_name(state.code))}</a>'
