"""Citations as a table for people, as CSV, and as a graph of who cites what."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
from lxml import etree

from mahdar.model.formats import cleaned
from mahdar.publishing.xml import add
from mahdar.resolving.citing import Cited


def publish_citations(cited: Sequence[Cited], to: str) -> str | bytes:
    """Return citations as ``text``, ``csv`` or ``graphml``.

    Args:
        cited: from :func:`citations_of`.
        to: the form.
    """
    cited = [cleaned(row) for row in cited]
    if to == "csv":
        return _csv(cited)
    return _graph(cited) if to == "graphml" else _text(cited)


def _text(cited: Sequence[Cited]) -> str:
    """What is cited most, first, and by whom."""
    by_id: dict[tuple[str, str], Counter[str]] = {}
    for row in cited:
        who = row.speaker if row.affiliation is None else f"{row.speaker} ({row.affiliation})"
        by_id.setdefault((row.kind, row.id or row.printed), Counter())[who] += 1
    lines = []
    for (kind, name), speakers in sorted(
        by_id.items(), key=lambda item: (item[0][0], -sum(item[1].values()), item[0][1])
    ):
        told = "; ".join(
            who if times == 1 else f"{who} ×{times}" for who, times in speakers.most_common()
        )
        lines.append(f"{sum(speakers.values()):4} {kind:<11} {name:<28} {told}")
    found = f"{len(cited)} citations of {len(by_id)} things\n"
    return found + "".join(line.rstrip() + "\n" for line in lines)


def _csv(cited: Sequence[Cited]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Cited.__struct_fields__)
    writer.writerows(msgspec.structs.astuple(row) for row in cited)
    return out.getvalue()


def _graph(cited: Sequence[Cited]) -> bytes:
    """A directed graph from speakers to what they cite; edges weigh how often (GraphML 1.0)."""
    space = "http://graphml.graphdrawing.org/xmlns"
    root = etree.Element(f"{{{space}}}graphml", nsmap={None: space})
    for key, target, kind in (
        ("label", "node", "string"), ("kind", "node", "string"), ("address", "node", "string"),
        ("affiliation", "node", "string"), ("weight", "edge", "int"),
    ):  # fmt: skip
        made = add(root, "key", id=key, for_=target)
        made.set("attr.name", key)
        made.set("attr.type", kind)
    graph = add(root, "graph", id="citations", edgedefault="directed")
    speakers = {(row.person or row.speaker): row for row in cited}
    for name, row in speakers.items():
        _node(graph, f"who:{name}", label=row.speaker, kind="speaker", affiliation=row.affiliation)
    for row in {row.id or row.printed: row for row in cited}.values():
        name = row.id or row.printed
        _node(graph, f"what:{name}", label=name, kind=row.kind, address=row.address)
    weights = Counter((row.person or row.speaker, row.id or row.printed) for row in cited)
    for (who, what), weight in weights.items():
        edge = add(graph, "edge", source=f"who:{who}", target=f"what:{what}")
        add(edge, "data", key="weight").text = str(weight)
    out: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return out


def _node(graph: Any, name: str, **data: str | None) -> None:
    node = add(graph, "node", id=name)
    for key, value in data.items():
        if value:
            add(node, "data", key=key).text = value
