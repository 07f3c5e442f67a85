"""A printed page as its file holds it: runs of text with their place and style, rules, pictures."""

from __future__ import annotations

import msgspec

Box = tuple[float, float, float, float]
"""(left, bottom, right, top) in points, the origin at the lower left corner of the page."""


class Run(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A stretch of text in one font, on one line.

    ``text`` holds what the file says the glyphs mean; a blank at either end is kept, as one.
    ``left`` to ``top`` is the box of its ink in points, ``baseline`` the height
    of the line it stands on, ``size`` the size of the font in points.
    ``colour`` is 0xRRGGBB, ``turned`` is true where the text does not run
    horizontally, ``hidden`` where it is not drawn (the text layer of a scan),
    ``read`` where it was read off the picture by recognition.

    ``lefts`` and ``rights`` hold the edges of each character of ``text`` where the
    page has writing from right to left: there the order in which a file holds
    the characters says little. Elsewhere they are empty. ``order`` counts the runs of a page.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    baseline: float
    size: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    colour: int = 0
    turned: bool = False
    hidden: bool = False
    read: bool = False
    lefts: tuple[float, ...] = ()
    rights: tuple[float, ...] = ()
    order: int = 0


class Page(msgspec.Struct, array_like=True, frozen=True):
    """One page, its runs in the order in which the file draws them.

    ``number`` counts from 1, ``frame`` is what is shown of the page, ``rules`` are the
    boxes of thin lines, ``pictures`` those of images. ``rtl`` is true where the page has
    writing from right to left.
    """

    number: int
    frame: Box
    runs: tuple[Run, ...]
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    rtl: bool = False

    @property
    def scanned(self) -> bool:
        """Whether the page is a picture of a page: an image covers most of it."""
        left, bottom, right, top = self.frame
        area = max(1.0, (right - left) * (top - bottom))
        return any((r - x) * (t - y) > 0.6 * area for x, y, r, t in self.pictures)


class PageSource(msgspec.Struct, frozen=True):
    """A file of pages: its name and what lies on each page."""

    name: str
    pages: tuple[Page, ...]
