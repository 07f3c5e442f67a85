"""What people decided about records: written down for good, apart from what programs derive.

A ruling is a person's word about a record or a place in it: that a finding is none, that a version
is the current one. (A decision, in this project, is what an organ decides.)
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import itertools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import Error

from mahdar.archive.database import said
from mahdar.archive.descent import settle
from mahdar.archive.keep import writing
from mahdar.archive.tables import models
from mahdar.errors import ArchiveError
from mahdar.model.address import Address
from mahdar.model.anchor import Found, Texts
from mahdar.model.record import Anchor

if TYPE_CHECKING:
    from mahdar.archive.store import Entry, Store
    from mahdar.model import Record

FORMAT = 1
"""The number of the form of a ruling as data, raised when that changes."""
KINDS: dict[str, tuple[str, ...]] = {
    "dismissal": ("finding",),
    "review": (),
    "verdict": ("verdict",),
    "correction": (),
    "merge": ("people",),
    "current": ("seal",),
}
"""What people decide, with what ``what`` must say: which finding is none, which people are one,
which version is the current one. Whoever adds a kind adds it here."""
_Row = models.Ruling
_KEY, _LANGUAGE = 200, 8


class TakenBack(msgspec.Struct, frozen=True):
    """Who took a ruling back, when and why."""

    who: str
    when: datetime.datetime
    reason: str = ""


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided.

    ``id`` is made of all the rest but the taking back. ``key`` and ``language`` name the record
    (empty: about none), ``anchor`` the place in it (None: all of it), ``what`` tells more, as the
    kind demands (:data:`KINDS`).
    """

    format: int = FORMAT
    id: str = ""
    kind: str
    who: str = ""
    when: datetime.datetime
    key: str
    language: str
    anchor: Anchor | None = None
    what: dict[str, Any] = {}
    reason: str = ""
    taken_back: TakenBack | None = None


class Placed(msgspec.Struct, frozen=True):
    """A ruling, and where the words now stand that it is about.

    ``found`` is None where it is about a whole record, or where the words are ``lost``: they are
    no longer there, or the record is not.
    """

    ruling: Ruling
    found: Found | None
    lost: bool


def identity_of(ruling: Ruling) -> str:
    """Return what a ruling is known by in any archive: made of all but its taking back."""
    when = ruling.when.astimezone(datetime.UTC)
    told = msgspec.structs.replace(ruling, id="", taken_back=None, when=when)
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()[:16]


def problem_of(ruling: Ruling) -> str:
    """Return what is wrong with a ruling; nothing where it is one."""
    if ruling.kind not in KINDS:
        return f"'{ruling.kind[:40]}' is no kind of ruling; there are {', '.join(KINDS)}"
    missing = [name for name in KINDS[ruling.kind] if not ruling.what.get(name)]
    if missing:
        return f"a {ruling.kind} must say its {missing[0]}, in what"
    for name in KINDS[ruling.kind]:
        said_so = ruling.what[name]
        if name == "people" and not (isinstance(said_so, list) and len(said_so) > 1):
            return f"a {ruling.kind} must say two people or more, in what"
        if name != "people" and not isinstance(said_so, str):
            return f"a {ruling.kind} must say its {name} in words"
    if ruling.kind != "merge" and not (ruling.key and ruling.language):
        return f"a {ruling.kind} is about a record: say which, and in which language"
    if len(ruling.key) > _KEY or len(ruling.language) > _LANGUAGE:
        return f"'{ruling.key[:40]}' is no record of an archive"
    if b"\\u0000" in msgspec.json.encode(ruling):
        return "it holds the character NUL, which no archive can keep"
    return ""


def rule(
    archive: Store,
    kind: str,
    address: str,
    *,
    by: str = "",
    what: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Ruling:
    """Write down what a person decided; see :func:`mahdar.rule`."""
    told = dict(what or {})
    entry = archive.entry(address) if address else None
    anchor = None
    if entry is not None:
        anchor = _anchor(archive, entry, address, told if kind == "dismissal" else {})
    if kind == "current" and entry is not None:
        digests = models.Record.objects.using(archive.alias).values_list("digest", flat=True)
        told = {"version": str(entry.address), "seal": digests.get(pk=entry.pk), **told}
    ruling = Ruling(
        kind=kind, who=by, when=datetime.datetime.now(datetime.UTC),
        key=entry.key if entry else "", language=entry.language if entry else "",
        anchor=anchor, what=told, reason=reason,
    )  # fmt: skip
    problem = problem_of(ruling)
    if problem:
        raise ArchiveError(problem)
    ruling = msgspec.structs.replace(ruling, id=identity_of(ruling))
    with ruling_on(archive):
        row_of(ruling).save(using=archive.alias, force_insert=True)
        settle_choices(archive.alias, [ruling])
    return ruling


def _anchor(
    archive: Store, entry: Entry, address: str, dismissed: Mapping[str, Any]
) -> Anchor | None:
    """Return the place that an address names, or that of the finding which is dismissed."""
    locus = Address.parse(address).locus
    identity = dismissed.get("finding")
    if locus is None and identity is None:
        return None
    (record,) = archive.records([entry])
    if locus is not None:
        try:
            return Texts(record).anchor(locus)
        except KeyError:
            raise ArchiveError(f"{entry.address} has no place {locus}") from None
    finding = next((found for found in record.findings if found.id == identity), None)
    if finding is None:
        raise ArchiveError(f"{entry.address} has no finding {identity}")
    # What is about the record as a whole has an anchor without a place.
    return finding.anchor if finding.anchor and finding.anchor.locus else None


def take_back(archive: Store, identity: str, *, by: str = "", reason: str = "") -> Ruling:
    """Take a ruling back; it stays, with who took it back; see :func:`mahdar.take_back`."""
    now = datetime.datetime.now(datetime.UTC)
    with ruling_on(archive):
        row = _Row.objects.using(archive.alias).filter(identity=identity).first()
        if row is None:
            raise ArchiveError(f"there is no ruling {identity[:40]}; see: mahdar rulings list")
        if row.taken_back_when is not None:
            raise ArchiveError(f"the ruling {identity} was taken back already")
        mark(row, TakenBack(by, now, reason), archive.alias)
        ruling = _ruling(row)
        settle_choices(archive.alias, [ruling])
    return ruling


@contextlib.contextmanager
def ruling_on(archive: Store) -> Iterator[None]:
    """Open a transaction that writes rulings down, whole or not at all.

    Raises:
        ArchiveError: they cannot be written.
    """
    try:
        with writing(archive.alias):
            yield
    except Error as error:
        raise ArchiveError(f"{archive.place.shown}: cannot be written ({said(error)})") from None


def mark(row: models.Ruling, taken: TakenBack, alias: str) -> None:
    """Write down that a ruling was taken back."""
    row.taken_back_by, row.taken_back_when = taken.who, taken.when
    row.taken_back_reason = taken.reason
    row.save(using=alias, update_fields=["taken_back_by", "taken_back_when", "taken_back_reason"])


def settle_choices(alias: str, changed: list[Ruling]) -> None:
    """See to what is current where a choice was made or taken back."""
    for key, language in sorted({(r.key, r.language) for r in changed if r.kind == "current"}):
        settle(alias, key, language)


def row_of(ruling: Ruling) -> models.Ruling:
    """Return the row of a ruling that is new."""
    taken = ruling.taken_back
    return _Row(
        identity=ruling.id, kind=ruling.kind, who=ruling.who, when=ruling.when, key=ruling.key,
        language=ruling.language, reason=ruling.reason,
        anchor=msgspec.json.encode(ruling.anchor).decode() if ruling.anchor else None,
        what=msgspec.json.encode(ruling.what).decode(),
        taken_back_by=taken.who if taken else None, taken_back_when=taken.when if taken else None,
        taken_back_reason=taken.reason if taken else None,
    )  # fmt: skip


def _ruling(row: models.Ruling) -> Ruling:
    taken = None
    if row.taken_back_when is not None:
        taken = TakenBack(row.taken_back_by or "", row.taken_back_when, row.taken_back_reason or "")
    return Ruling(
        id=row.identity, kind=row.kind, who=row.who, when=row.when, key=row.key,
        language=row.language, reason=row.reason, taken_back=taken,
        anchor=msgspec.json.decode(row.anchor, type=Anchor) if row.anchor else None,
        what=msgspec.json.decode(row.what),
    )  # fmt: skip


def all_rulings(archive: Store) -> Iterator[Ruling]:
    """Yield the rulings of an archive, those about one record together, in the order of time."""
    table = _Row.objects.using(archive.alias).order_by("key", "language", "when", "identity")
    return map(_ruling, table.iterator())


def rulings_of(archive: Store, address: str | None = None) -> list[Placed]:
    """Return rulings with where the words now stand that they are about.

    Args:
        archive: that holds them.
        address: only those about this record; the words are looked for in the version that it
            names, else in the current one.

    Raises:
        NotAnAddress: it is none.
    """
    found = all_rulings(archive)
    version = None
    if address:
        named = Address.parse(address)
        table = _Row.objects.using(archive.alias).filter(key=named.key)
        table = table.filter(language=named.language) if named.language else table
        found = map(_ruling, table.order_by("language", "when", "identity"))
        version = named.version
    out = []
    for (key, language), group in itertools.groupby(found, lambda r: (r.key, r.language)):
        texts = _LazyTexts(archive, Address(key, language, version))
        out += [_placed(ruling, texts) for ruling in group]
    return out


def _placed(ruling: Ruling, texts: _LazyTexts) -> Placed:
    found = texts.find(ruling.anchor) if ruling.anchor else None
    return Placed(ruling, found, lost=ruling.anchor is not None and found is None)


class _LazyTexts:
    """The texts of a record, read only where something is looked for in them."""

    def __init__(self, archive: Store, address: Address) -> None:
        self._archive, self._address = archive, address
        self._texts: Texts | None = None
        self._read = False

    def find(self, anchor: Anchor) -> Found | None:
        """Return where the words of an anchor stand; None where they, or the record, are gone."""
        if not self._read:
            self._read = True
            record = self._record()
            self._texts = Texts(record) if record else None
        return self._texts.find(anchor) if self._texts else None

    def _record(self) -> Record | None:
        try:
            return self._archive.record(str(self._address))
        except ArchiveError:
            return None
