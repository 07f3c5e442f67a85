"""Make the archive and the records that version 0.1.0 left behind, to hold later versions against.

Run with the code of that version (commit ed4e5d5) and with no later one::

    PYTHONPATH=CHECKOUT/src python tests/data/make_archive_0_1_0.py

Everything in them is invented: the meeting of the specimens, under other numbers and with a few
sentences more. README.md says what is in them and why. Passwords and times differ from run to run.
"""

# mypy: ignore-errors
# What it imports is where version 0.1.0 had it, and need not be there any more.

from __future__ import annotations

import io
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import msgspec

import mahdar
from mahdar.languages import load_language
from mahdar.model import Ballot, Candidate, Place, Record
from mahdar.resolving import resolve_record
from mahdar.specimens.build import specimen

HERE = Path(__file__).parent
VERSION = "0.1.0"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
PASSWORD = "a lamp on Coco Island"
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_TIME = "2031-06-05 12:00:00"
_INDEXES = ("words", "columns", "words.json")
"""What is kept of the indexes; vectors hardly pack, and are made again from the records."""

# A sentence that refers to an earlier turn, and the result of a ballot, read out by the President.
REFERENCE = {
    "en": (
        "It is for that very reason that we read the text with care, word by word.",
        "It is for that very reason that we read the text with care, word by word. As the previous"
        " speaker said, whoever lights a lamp should be thanked, and my Russian colleague doubts"
        " paragraph 7 as we do.",
    ),
    "ar": (
        "، كلمة كلمة.",
        "، كلمة كلمة. وكما قال المتكلم السابق، فإن من يوقد سراجا يستحق الشكر.",
    ),
    "zh": ("我们才逐字逐句地认真阅读案文。", "我们才逐字逐句地认真阅读案文。正如前一位发言者所说，点灯的人应当受到感谢。"),
}  # fmt: skip
_ELECTION = """The Council will now elect a keeper of the register of lights.

*A vote was taken by secret ballot.*

**The President** (*spoke in Spanish*): The result of the voting is as follows:

Number of ballot papers: 15

Number of invalid ballots: 1

Number of valid ballots: 14

Number of members voting: 14

Required majority: 8

Number of votes obtained:

Jamaica 9

Kenya 5

"""
ELECTION = {
    "en": ("**The President** (*spoke in Spanish*): I thank the members. The last to speak",
           "**The President** (*spoke in Spanish*): " + _ELECTION
           + "I thank the members. The last to speak"),
    "ar": ("والمتكلم الأخير هو",
           "وأسفر الاقتراع السري عن حصول جامايكا على ٩ أصوات وكينيا على ٥ أصوات. والمتكلم الأخير هو"),
    "zh": ("谢谢各位成员。", "无记名投票结果如下：牙买加9票，肯尼亚5票。谢谢各位成员。"),
}  # fmt: skip


def text_of(code: str, number: int, *changes: tuple[str, str]) -> str:
    """Return the invented meeting as a text, under a number, with some words changed."""
    text = mahdar.publish(specimen(code), "text")[".txt"].decode()
    text = text.replace("99902", str(number))
    text = text.replace("99902".translate(_DIGITS), str(number).translate(_DIGITS))
    for old, new in changes:
        if text.count(old) != 1:
            raise SystemExit(f"{code} {number}: {text.count(old)} times, not once: {old}")
        text = text.replace(old, new)
    return text


def sources() -> dict[str, bytes]:
    """Return the files that the archive is read from, in the order in which they are added."""
    made: dict[str, bytes] = {}
    for code in LANGUAGES:
        record = resolve_record(specimen(code), load_language(code))
        made[f"99902.{code}.json"] = msgspec.json.encode(record)
    # Two versions: the later one has a paragraph and a turn more, so that numbers mean other words.
    made["99903.en.provisional.txt"] = text_of("en", 99903).encode()
    made["99903.en.final.txt"] = text_of(
        "en", 99903, ("Provisional\n", "Official Records\n"),
        ("There are some 23,600 lighthouses",
         "Let me thank the Council for its patience.\n\nThere are some 23,600 lighthouses"),
        ("**Mr. Al-Khatib** (Jordan)",
         "**Ms. Wanjiru** (Kenya): Kenya has lit four lamps since the last meeting.\n\n"
         "**Mr. Al-Khatib** (Jordan)"),
    ).encode()  # fmt: skip
    # The final version came first here, and stays the present one.
    made["99903.fr.final.txt"] = text_of(
        "fr", 99903, ("Provisoire\n", "Documents officiels\n")
    ).encode()
    made["99903.fr.provisional.txt"] = text_of("fr", 99903).encode()
    for code in ("ar", "en"):
        record = msgspec.json.decode(
            msgspec.json.encode(specimen(code)).decode().replace("99902", "99904")
            .replace("99902".translate(_DIGITS), "99904".translate(_DIGITS)), type=Record,
        )  # fmt: skip
        made[f"99904.{code}.pdf"] = mahdar.publish(record, "pdf")[".pdf"]
    for code, reference in REFERENCE.items():
        made[f"99905.{code}.txt"] = text_of(code, 99905, reference, ELECTION[code]).encode()
    made["unnamed.en.txt"] = text_of(
        "en", 99906, ("S/PV.99906\n", ""), ("99906th meeting\n", "")
    ).encode()
    # Symbols with blanks and brackets, and of another organ.
    record = resolve_record(specimen("es"), load_language("es"))
    resumed = msgspec.structs.replace(
        record, symbol="S/PV.99907 (Resumption 1)", meeting_number=99907
    )
    made["99907.es.json"] = msgspec.json.encode(resumed)
    record = resolve_record(specimen("ru"), load_language("ru"))
    plenary = msgspec.structs.replace(
        record, symbol="A/85/PV.12", organ="GA", session=85, meeting_number=12
    )
    made["85-12.ru.json"] = msgspec.json.encode(plenary)
    made["empty.txt"] = b""
    made["torn.pdf"] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"
    return made


def with_ballot(record: Record) -> Record:
    """Return a record with the ballot of the meeting, which 0.1.0 reads in English only."""
    if any(isinstance(item, Ballot) for item in record.body):
        return record
    words = ("الاقتراع السري", "无记名投票")
    number, paragraph = next(
        (number, count)
        for number, turn in enumerate(record.turns())
        for count, each in enumerate(turn.all_paragraphs())
        if any(word in each.text for word in words)
    )
    names = {"ar": ("جامايكا", "كينيا"), "zh": ("牙买加", "肯尼亚")}[record.language]
    ballot = Ballot(
        Place(number, paragraph, 0, 0), (Candidate(names[0], 9), Candidate(names[1], 5)),
        papers=15, invalid=1, valid=14, abstentions=0, voting=14, majority=8,
    )  # fmt: skip
    at = next(n for n, item in enumerate(record.body) if item is record.turns()[number]) + 1
    if any(d.item >= at or (d.vote or 0) >= at for d in record.decisions):
        raise SystemExit("the ballot would shift what decisions point to")
    return msgspec.structs.replace(record, body=(*record.body[:at], ballot, *record.body[at:]))


def command(folder: Path, *words: str, given: str = "") -> bytes:
    """Run `mahdar` in a folder, and return what it prints."""
    environment = {**os.environ, "MAHDAR_ARCHIVE": "archive", "PYTHONHASHSEED": "0"}
    ran = subprocess.run(
        [sys.executable, "-m", "mahdar", *words], cwd=folder, env=environment, check=True,
        input=given.encode(), stdout=subprocess.PIPE,
    )  # fmt: skip
    return ran.stdout


def write_records(folder: Path) -> None:
    """Write the records with everything in them as version 0.1.0 prints them."""
    for code in REFERENCE:
        printed = command(folder, "read", "--format", "json", f"files/99905.{code}.txt")
        if code != "en":
            # The indent and the line end are those of `mahdar read`.
            record = with_ballot(msgspec.json.decode(printed, type=Record))
            again = msgspec.json.format(msgspec.json.encode(record), indent=2)
            (folder / f"files/99905.{code}.json").write_bytes(again)
            (folder / f"files/99905.{code}.txt").unlink()
            printed = again + b"\n"
        path = HERE / f"record-{VERSION}.{code}.json.xz"
        path.write_bytes(lzma.compress(printed, preset=9 | lzma.PRESET_EXTREME))


def make_archive(folder: Path) -> None:
    """Make the archive in a folder, from the files in ``files``, and a reader with a search."""
    unreadable = ("empty.txt", "torn.pdf")
    for name in sources():
        path = folder / "files" / name
        path = path if path.exists() else path.with_suffix(".json")
        if name not in unreadable:
            command(folder, "add", "--vectors", "later", f"files/{path.name}")
    # One file that can be read, too: where none can, the command ends with an error.
    given = [f"files/{name}" for name in (*unreadable, "99902.en.json")]
    command(folder, "add", "--vectors", "later", *given)
    command(folder, "vectors", "--workers", "1")
    command(folder, "user", "add", "reader", "--mail", "reader@example.org", given=PASSWORD)


def settle(archive: Path) -> None:
    """Add a saved search, make times those of the meeting, and leave one file of the database."""
    with sqlite3.connect(archive / "mahdar.sqlite3") as database:
        database.execute(
            "INSERT INTO web_savedsearch (owner_id, query, name, interface, by_mail, seen, made)"
            " SELECT id, 'lamp state:TCD', 'Lamps of Chad', 'en', 1, 1, ? FROM auth_user", [_TIME],
        )  # fmt: skip
        database.execute("UPDATE archive_record SET added = ?", [_TIME])
        database.execute("UPDATE archive_source SET seen = ?", [_TIME])
        database.execute("UPDATE auth_user SET date_joined = ?", [_TIME])
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("PRAGMA journal_mode=DELETE")
    database.execute("VACUUM")
    database.close()
    shutil.rmtree(archive / "web", ignore_errors=True)  # the key of the site
    for path in (archive / "indexes").iterdir():
        if path.name not in _INDEXES:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def pack(archive: Path, path: Path) -> None:
    """Pack a folder, names in order and without times, owners or locks."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for each in sorted(archive.rglob("*")):
            if each.is_file() and not each.name.endswith((".lock", "lock")):
                info = tarfile.TarInfo(f"archive-{VERSION}/{each.relative_to(archive).as_posix()}")
                info.size, info.mode = each.stat().st_size, 0o644
                tar.addfile(info, io.BytesIO(each.read_bytes()))
    path.write_bytes(lzma.compress(held.getvalue(), preset=9 | lzma.PRESET_EXTREME))


def main() -> None:
    """Make everything."""
    if mahdar.__version__ != VERSION:
        raise SystemExit(f"this is Mahdar {mahdar.__version__}; the fixture is made by {VERSION}")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "files").mkdir()
        for name, data in sources().items():
            (folder / "files" / name).write_bytes(data)
        write_records(folder)
        make_archive(folder)
        settle(folder / "archive")
        pack(folder / "archive", HERE / f"archive-{VERSION}.tar.xz")
    for path in sorted(HERE.glob("*.xz")):
        print(f"{path.stat().st_size:8,}  {path.name}")


if __name__ == "__main__":
    main()
