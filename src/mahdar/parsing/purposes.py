"""Why somebody takes the floor, from what the President says before."""

from __future__ import annotations

from mahdar.languages import Language
from mahdar.model import Paragraph, Purpose

_FIRST_PARAGRAPHS = 3


class PurposeTracker:
    """Follows the President's words from turn to turn.

    >>> from mahdar.languages import load_language
    >>> tracker = PurposeTracker(load_language("en"))
    >>> tracker.hear("I give the floor to the representative of X on a point of order.")
    >>> tracker.next_turn(), tracker.next_turn()
    ('point_of_order', None)
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._standing: Purpose | None = None
        self._once: Purpose | None = None

    def hear(self, text: str) -> None:
        """Take in a paragraph that the President speaks."""
        facts, holds = self._language.data.purposes, self._language.holds
        if holds(facts.ended, text):
            self._standing = self._once = None
            return
        if holds(facts.point_of_order, text):
            self._once = "point_of_order"
        elif holds(facts.right_of_reply, text):
            self._standing = "right_of_reply"
        elif holds(facts.after_vote, text):
            self._standing = "after_vote"
        elif holds(facts.before_vote, text):
            self._standing = "before_vote"

    def vote(self) -> None:
        """A vote was taken or a draft adopted: statements before the vote are over."""
        if self._standing == "before_vote":
            self._standing = None

    def heading(self) -> None:
        """A new item began."""
        self._standing = self._once = None

    def next_turn(self) -> Purpose | None:
        """Return why the next speaker other than the President takes the floor."""
        once, self._once = self._once, None
        return once or self._standing


def group_spoken_for(paragraphs: list[Paragraph], language: Language) -> str | None:
    """Return the group for which a speaker says at the beginning to speak, or None.

    >>> from mahdar.languages import load_language
    >>> said = Paragraph("I have the honour to speak on behalf of the Nordic countries.", ())
    >>> group_spoken_for([said], load_language("en"))
    'Nordic countries'
    """
    for paragraph in paragraphs[:_FIRST_PARAGRAPHS]:
        match = language.match(language.data.purposes.speaks_for, paragraph.text)
        if match:
            return match.values["group"].strip()
    return None
