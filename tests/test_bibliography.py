"""Citations that other programs read back."""

from __future__ import annotations

import json

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from mahdar.api.archive import Archive
from mahdar.publishing.bibliography import Reference, publish_references
from mahdar.search.hits import references_of


@pytest.fixture
def reference() -> Reference:
    return Reference(
        "S/PV.7050", "ar", "SC", "2013-10-28", 12, "السيدة بوعيدة (المغرب) & {co} 100%",
        "S/PV.7050, p. 12 (Morocco)", "S/PV.7050/ar@1#t6p3",
    )  # fmt: skip


def test_bibtex_is_read_back(reference: Reference) -> None:
    other = Reference("A/65/PV.71", "en", "GA", "2010-12-21", None, "", "A/65/PV.71",
                      "A/65/PV.71/en@1#t2")  # fmt: skip
    library = parse_string(publish_references([reference, other], "bibtex"))
    assert library.failed_blocks == []
    (entry, second) = library.entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert entry.entry_type == "techreport"
    assert (fields["number"], fields["year"], fields["pages"]) == ("S/PV.7050", "2013", "12")
    assert r"\&" in fields["note"]
    assert "المغرب" in fields["note"]
    assert "pages" not in second.fields_dict
    assert entry.key != second.key


def test_ris_is_read_back(reference: Reference) -> None:
    (entry,) = rispy.loads(publish_references([reference], "ris"))
    assert entry["type_of_reference"] == "HEAR"
    assert entry["title"].endswith("S/PV.7050")
    assert entry["start_page"] == "12"
    assert entry["date"] == "2013/10/28"
    assert entry["urls"] == ["https://docs.un.org/ar/S/PV.7050"]


def test_csl_is_json_of_hearings(reference: Reference) -> None:
    (item,) = json.loads(publish_references([reference], "csl"))
    assert (item["type"], item["number"], item["page"]) == ("hearing", "S/PV.7050", "12")
    assert item["issued"] == {"date-parts": [[2013, 10, 28]]}
    assert item["archive_location"] == "S/PV.7050/ar@1#t6p3"


def test_every_hit_can_be_cited(specimen_archive: Archive) -> None:
    answer = specimen_archive.searcher().search("lamp OR 灯 OR مصباح", size=50)
    references = references_of(answer)
    assert len(references) == len(answer.hits)
    library = parse_string(publish_references(references, "bibtex"))
    assert len(library.entries) == len(references)
