"""Addresses: one grammar, parsed and printed; every place of every record has one, and one only."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahdar.errors import ArchiveError, NotAnAddress
from mahdar.model import Act, Address, Ballot, Locus, Record, Turn
from mahdar.model.loci import body_loci, loci
from mahdar.reading import read_file
from mahdar.specimens.build import specimen
from mahdar.web import links
from tests.conftest import record_path

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
RECORDS = (
    "A-48-PV.46.en.pdf", "A-61-PV.107.en.pdf", "A-64-PV.121.en.pdf", "A-65-PV.71.en.pdf",
    "A-79-PV.64.en.pdf", "S-PV.10100.en.pdf", "S-PV.3756.en.pdf", "S-PV.492.en.pdf",
    "S-PV.7050.ar.txt", "S-PV.8422.en.pdf", "S-PV.8699.en.pdf", "S-PV.8700.en.pdf",
    "S-PV.8701.en.pdf", "S-PV.8704.en.pdf", "S-PV.8706-Resumption1.en.pdf",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("S/PV.7050", Address("S/PV.7050")),
        ("S/PV.7050/ar", Address("S/PV.7050", "ar")),
        ("S/PV.7050@1", Address("S/PV.7050", None, 1)),
        ("S/PV.7050/ar@1", Address("S/PV.7050", "ar", 1)),
        ("S/PV.7050/ar@1#t12p3", Address("S/PV.7050", "ar", 1, Locus("t", 12, 3))),
        ("S/PV.7050/ar@1#s1", Address("S/PV.7050", "ar", 1, Locus("s", 1))),
        ("S/PV.7050#t2p1:0-9", Address("S/PV.7050", None, None, Locus("t", 2, 1, 0, 9))),
        ("  S/PV.7050/ar \n", Address("S/PV.7050", "ar")),
        ("S/PV.3980 (Resumption 1)/zh@12", Address("S/PV.3980 (Resumption 1)", "zh", 12)),
        ("A/ES-10/PV.39", Address("A/ES-10/PV.39")),
        ("A/C.1/65/PV.12/fr", Address("A/C.1/65/PV.12", "fr")),
        ("unnamed/14544b2525f9/en@1", Address("unnamed/14544b2525f9", "en", 1)),
        ("odd%40key", Address("odd@key")),
        ("a key/ends%2Far", Address("a key/ends/ar")),
    ],
)  # fmt: skip
def test_what_an_address_means(text: str, address: Address) -> None:
    assert Address.parse(text) == address


@pytest.mark.parametrize(
    "text",
    ["", " ", "#t1", "@1", "S/PV.1@0", "S/PV.1@01", "S/PV.1@x", "S/PV.1/ar@1@2", "S/PV.1#",
     "S/PV.1#t0", "S/PV.1#t1p0", "S/PV.1#T1", "S/PV.1#t1:9-3", "S/PV.1#t1p2p3", "S/PV.1#q7",
     "S/PV.1#t-1", "S/PV.1#t1234567890"],
)  # fmt: skip
def test_what_is_no_address_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(NotAnAddress) as told:
        Address.parse(text)
    assert len(str(told.value)) > 30
    assert "\n" not in str(told.value).strip()
    assert isinstance(told.value, ArchiveError)  # as whoever asks an archive expects


def check(record: Record, version: int = 1) -> int:
    """Hold every address of a record against the grammar; return how many there are."""
    seen: set[str] = set()
    for located in loci(record):
        stretches = [located.locus]
        if located.text:
            stretches.append(located.locus.at(0, len(located.text)))
        for locus in stretches:
            address = Address(record.symbol or "unnamed/0", record.language, version, locus)
            printed = str(address)
            assert printed not in seen
            seen.add(printed)
            assert Address.parse(printed) == address
            path, _, fragment = links.to_address(printed).partition("#")
            assert unquote(path).strip("/") + "#" + fragment == printed
    return len(seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_of_the_specimens(language: str) -> None:
    assert check(specimen(language)) > 150


@pytest.mark.records
@pytest.mark.parametrize("name", RECORDS)
def test_every_address_of_real_records(name: str) -> None:
    assert check(read_file(record_path(name)).record) > 20


def invented(count: int) -> Iterator[Address]:
    """Yield addresses such as there are: organs, sessions, resumptions, parts, six languages."""
    chance = random.Random(2026)
    for number in range(count):
        meeting, session = chance.randint(1, 12_000), chance.randint(1, 90)
        key = chance.choice([
            f"S/PV.{meeting}", f"S/PV.{meeting} (Resumption {chance.randint(1, 4)})",
            f"S/PV.{meeting} (Part {'I' * chance.randint(1, 3)})", f"A/{session}/PV.{meeting}",
            f"A/ES-{chance.randint(1, 12)}/PV.{meeting}", f"A/S-{chance.randint(1, 32)}/PV.{meeting}",
            f"A/C.{chance.randint(1, 6)}/{session}/PV.{meeting}", f"S/PV.{meeting}/Corr.1",
            f"A/{session}/PV.{meeting}/Add.2", f"S/PV.{meeting}*", f"unnamed/{meeting:012x}",
            f"S/PV.{meeting}（复会{chance.randint(1, 4)}）", f"S/PV.{meeting} (الاستئناف ١)",
        ])  # fmt: skip
        language = chance.choice([*LANGUAGES, None])
        version = chance.choice([None, 1, 2, 37])
        locus = chance.choice([
            None, Locus("t", chance.randint(1, 400)), Locus("s", chance.randint(1, 999)),
            Locus("t", chance.randint(1, 400), chance.randint(1, 90)),
            Locus("t", number + 1, 1, 0, 12), Locus("r", 15), Locus("c", 3), Locus("k", 1),
            Locus("x", 7), Locus("s", 1, 2),
        ])  # fmt: skip
        yield Address(key, language, version, locus)


def test_two_hundred_invented_addresses() -> None:
    for address in invented(200):
        assert Address.parse(str(address)) == address


_numbers = st.integers(1, 10**9 - 1)
_loci = st.builds(
    Locus, st.sampled_from("tsrckx"), _numbers, st.none() | _numbers
) | st.builds(
    lambda locus, start, more: locus.at(start, start + more),
    st.builds(Locus, st.sampled_from("ts"), _numbers, st.none() | _numbers),
    st.integers(0, 10**8), st.integers(0, 10**8),
)  # fmt: skip


@given(
    st.text(min_size=1, max_size=60),
    st.none() | st.sampled_from(LANGUAGES),
    st.none() | _numbers,
    st.none() | _loci,
)
def test_parsing_undoes_printing_whatever_the_key(
    key: str, language: str | None, version: int | None, locus: Locus | None
) -> None:
    address = Address(key, language, version, locus)
    assert Address.parse(str(address)) == address


def test_numbers_count_what_the_record_holds() -> None:
    """By hand: the agenda is s1, each part of a turn counts once, spoken acts not at all."""
    record = specimen("en")
    called = body_loci(record)
    others = 1  # the agenda
    turns = 0
    for at, item in enumerate(record.body):
        if isinstance(item, Turn):
            turns += 1
            assert str(called[at]) == f"t{turns}"
            others += max(1, len(item.parts))
        elif isinstance(item, Ballot) or (
            isinstance(item, Act) and item.within is not None and not item.spans
        ):
            assert at not in called
        else:
            others += 1
            assert str(called[at]) == f"s{others}"


def test_a_spoken_act_leads_to_its_words() -> None:
    record = specimen("fr")
    texts = {located.locus: located.text for located in loci(record)}
    spoken = [act for act in record.acts() if act.within is not None]
    assert len(spoken) > 5
    for act in spoken:
        assert act.within is not None
        where = act.within.locus
        assert texts[where.whole][where.start : where.end] == act.text
