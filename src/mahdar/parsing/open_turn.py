"""A turn while it is being read: its parts, its acts, its capacity and language."""

from __future__ import annotations

import msgspec

from mahdar.model import (
    Act,
    Affiliation,
    Capacity,
    Paragraph,
    Part,
    Spans,
    Turn,
    Within,
)
from mahdar.parsing.names import Label


class OpenTurn(msgspec.Struct):
    """A turn that is still being read.

    ``number`` counts the turns of the body from 1, ``counted`` the paragraphs taken
    so far. ``language`` is the language spoken at this point, ``mark`` the printed
    mark that began the present part.
    """

    label: Label
    printed: str
    spans: Spans
    number: int
    home: str
    language: str
    paragraphs: list[Paragraph] = []
    parts: list[Part] = []
    acts: list[Act] = []
    capacity: Capacity = "unknown"
    affiliation: Affiliation | None = None
    counted: int = 0
    mark: str | None = None
    mark_spans: Spans = ()
    groups: tuple[str, ...] = ()
    aligns_with: tuple[str, ...] = ()
    acting: bool = False

    @property
    def presides(self) -> bool:
        """Whether the turn is the President's."""
        return self.label.capacity == "president"

    @property
    def first_language(self) -> str:
        """The language that the label says was spoken."""
        return self.label.language or self.home

    def add(self, paragraph: Paragraph) -> None:
        """Add a paragraph to the present part."""
        self.paragraphs.append(paragraph)
        self.counted += 1

    def here(self, start: int = 0, end: int = 0) -> Within:
        """Return the place before the next paragraph, or a stretch of it."""
        return Within(self.number, self.counted + 1, start, end)

    def end_part(self) -> None:
        """End the present part, if it holds anything."""
        if not self.paragraphs and self.mark is None:
            return
        changed = self.language != self.first_language or self.mark is not None
        self.parts.append(
            Part(
                self.capacity,
                self.affiliation,
                tuple(self.paragraphs),
                language=self.language if changed else None,
                interpreted=self.language != self.home if changed else None,
                mark=self.mark,
                spans=self.mark_spans,
            )
        )
        self.paragraphs, self.mark, self.mark_spans = [], None, ()

    def speak(self, language: str, mark: str, spans: Spans) -> None:
        """Go on in another language."""
        self.end_part()
        self.language, self.mark, self.mark_spans = language, mark, spans

    def finish(self) -> Turn:
        """Return the turn as read."""
        if self.parts:
            self.end_part()
        spoken = self.first_language
        return Turn(
            label=self.printed,
            speaker=self.label.name,
            capacity=self.label.capacity,
            affiliation=self.label.affiliation,
            language=spoken,
            interpreted=spoken != self.home,
            paragraphs=tuple(self.paragraphs),
            spans=self.spans,
            parts=tuple(self.parts),
            role=self.label.role,
            on_behalf_of=self.groups[0] if self.groups else None,
            spoken_for=self.groups if len(self.groups) > 1 else (),
            acting=self.acting,
            aligns_with=self.aligns_with,
        )
