"""The pages of the source beside the words: each stretch of a page leads to its paragraph."""

from __future__ import annotations

from html import escape

import msgspec
from django.utils.translation import gettext

from mahdar.model import Record
from mahdar.model.loci import loci
from mahdar.web import addresses, links, names
from mahdar.web.numbers import write_number
from mahdar.web.reader.body import Rendered, Shown
from mahdar.web.reader.sources import Frame, frames

_SHOWN = ("turn", "paragraph", "heading", "act", "vote")


def with_leaves(rendered: Rendered, record: Record, shown: Shown) -> Rendered:
    """Return the page of a record with a picture of each page where its words begin.

    Args:
        rendered: the page without pictures.
        record: that it shows.
        shown: which one it is.
    """
    found = addresses.find(str(shown.address), shown.language)
    sizes = frames(found.entry) if found else []
    body = rendered.body
    for page in rendered.pages:
        if page <= len(sizes):
            mark = f'<span class="page" id="page{page}">'
            body = body.replace(mark, _leaf(record, shown, page, sizes[page - 1]) + mark, 1)
    cover = rendered.cover
    if sizes and 1 not in rendered.pages:
        cover = _leaf(record, shown, 1, sizes[0]) + cover
    return msgspec.structs.replace(rendered, cover=cover, body=body)


def _leaf(record: Record, shown: Shown, page: int, frame: Frame) -> str:
    left, bottom, right, top = frame
    wide, high = right - left, top - bottom
    areas = []
    for located in loci(record):
        if located.kind not in _SHOWN or (located.locus.series == "s" and located.locus.paragraph):
            continue  # what is on the cover has no name on the page
        name = str(located.locus)
        for span in located.spans:
            if span.page == page and span.box:
                x, y = span.box[0] - left, top - span.box[3]
                w, h = span.box[2] - span.box[0], span.box[3] - span.box[1]
                areas.append(
                    f'<a href="#{name}" tabindex="-1"><rect x="{x:.1f}" y="{y:.1f}"'
                    f' width="{w:.1f}" height="{h:.1f}" data-of="{name}"/></a>'
                )
    picture = links.to_page(shown.key, shown.language, shown.version, page)
    said = escape(gettext("Page %(page)s of the source") % {"page": write_number(page)})
    own, way = names.interface(), names.direction(names.interface())
    return (
        f'<figure class="leaf" data-page="{page}" lang="{own}" dir="{way}">'
        f'<svg viewBox="0 0 {wide:.1f} {high:.1f}" role="group" aria-label="{said}">'
        f'<image href="{picture}" width="{wide:.1f}" height="{high:.1f}"/>'
        # Short ways for those who point: what they lead to is read out in the text itself.
        f'<g aria-hidden="true">{"".join(areas)}</g></svg>'
        f'<figcaption><a href="{picture}">{said}</a></figcaption></figure>'
    )
