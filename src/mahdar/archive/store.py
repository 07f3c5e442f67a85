"""The records of an archive, kept: what goes in, what comes out, by what name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mahdar.archive.database import connect, said
from mahdar.archive.place import Place
from mahdar.errors import ArchiveError
from mahdar.model.address import Address
from mahdar.sources.options import DEFAULT, Options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mahdar.archive.adding import Added, Progress
    from mahdar.archive.descent import Version
    from mahdar.archive.origins import Told
    from mahdar.archive.rulings import Placed, Ruling
    from mahdar.archive.rulings_file import Imported
    from mahdar.model import Record


class Entry(msgspec.Struct, frozen=True):
    """A version of a record, as a list shows it."""

    pk: int
    key: str
    language: str
    version: int
    current: bool
    date: str | None
    organ: str | None
    status: str
    title: str
    turns: int
    words: int
    findings: int

    @property
    def address(self) -> Address:
        """Where this version is, for good."""
        return Address(self.key, self.language, self.version)


class Store:
    """Many records, kept; of what is made from them for those who search it knows nothing.

    Args:
        place: where they are.
        make: make the archive where there is none yet.

    Raises:
        ArchiveError: there is none, or it cannot be opened.
        ToolMissing: a package that it needs is not installed.
    """

    def __init__(self, place: Place, *, make: bool = True) -> None:
        self.place = place
        self.alias = connect(place, make=make)

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        options: Options = DEFAULT,
        workers: int = 1,
        scheduler: str | None = None,
        again: bool = False,
        by: str = "",
        based_on: str | None = None,
        progress: Progress | None = None,
    ) -> Added:
        """Read files and folders and keep their records; see ``mahdar add``.

        Args:
            paths: of files and folders.
            options: how to read them.
            workers: how many processes read.
            scheduler: the address of a Dask cluster to read on instead.
            again: read files too that were read before.
            by: whose corrections these are, where files hold some.
            based_on: the address of the version that they correct; where it is not given, what
                the files say.
            progress: is told how many files of how many are done.

        Raises:
            ArchiveError: there is no version of that address.
        """
        from mahdar.archive.adding import add_files
        from mahdar.archive.folders import Unread, files_under

        left_out: list[Unread] = []
        files = files_under(paths, left_out)
        return add_files(
            self.alias, files, options, about=self._told(by, based_on), left_out=left_out,
            workers=workers, scheduler=scheduler, again=again, progress=progress,
        )  # fmt: skip

    def _told(self, by: str, based_on: str | None) -> Told:
        from mahdar.archive.origins import Told, base_at

        if based_on is None:
            return Told(by)
        return Told(by, base_at(self.alias, str(self.entry(based_on).address)))

    def entries(
        self,
        symbol: str | None = None,
        *,
        language: str | None = None,
        year: int | None = None,
        organ: str | None = None,
        versions: bool = False,
    ) -> list[Entry]:
        """Return what the archive holds, by date and symbol.

        Args:
            symbol: only records whose symbol begins so.
            language: only records in this language.
            year: only meetings of this year.
            organ: only this organ (SC, GA).
            versions: superseded versions too.
        """
        from mahdar.archive.tables import models

        table = models.Record.objects.using(self.alias)
        found = table.all() if versions else table.filter(current=True)
        if symbol:
            found = found.filter(key__startswith=symbol)
        wanted = {"language": language, "year": year, "organ": organ}
        found = found.filter(**{name: value for name, value in wanted.items() if value})
        return [Entry(**row) for row in found.order_by(*_ORDER).values(*_COLUMNS)]

    def versions(
        self,
        symbol: str | None = None,
        *,
        language: str | None = None,
        year: int | None = None,
        organ: str | None = None,
    ) -> list[Version]:
        """Return all versions with where they come from, each after the one it is based on.

        Args:
            symbol: only of records whose symbol begins so.
            language: only of records in this language.
            year: only of meetings of this year.
            organ: only of this organ (SC, GA).
        """
        from mahdar.archive.descent import descents
        from mahdar.archive.tables import models

        table = models.Record.objects.using(self.alias)
        wanted = {"key__startswith": symbol, "year": year, "organ": organ}
        narrowed = table.filter(**{name: value for name, value in wanted.items() if value})
        found = table.filter(key__in=narrowed.values("key"))
        found = found.filter(language=language) if language else found
        return descents(self.alias, found.order_by(*_ORDER))

    def descent(self, key: str, language: str) -> list[Version]:
        """Return all versions of one record, each after the one it is based on."""
        from mahdar.archive.descent import descents
        from mahdar.archive.tables import models

        table = models.Record.objects.using(self.alias)
        return descents(self.alias, table.filter(key=key, language=language))

    def record(self, address: str, language: str | None = None) -> Record:
        """Return a record, sealed, with where it comes from.

        Args:
            address: its symbol, such as ``S/PV.7050``, with ``/ar`` for a language and ``@1``
                for a version where wanted; what follows a ``#`` does not matter.
            language: ISO 639-1; where neither says, the one there is.

        Raises:
            ArchiveError: there is no such record, several languages, or it is damaged.
        """
        return self._contents(self.entry(address, language).pk)

    def entry(self, address: str, language: str | None = None) -> Entry:
        """Return the list's entry for a record; see :meth:`record`."""
        key, version, rows = self._named(address, language)
        if version is None:
            rows = [entry for entry in rows if entry.current]
        if not rows:
            near = sorted({e.key for e in self.entries(key)})[:3]
            hint = f"; near it there are {', '.join(near)}" if near else ""
            raise ArchiveError(
                f"{self.place.shown} has no record {address}"
                f"{f' in {language}' if language else ''}{hint}; see: mahdar list"
            )
        if len(rows) > 1:
            have = ", ".join(e.language for e in rows)
            raise ArchiveError(f"{address} is there in {have}: say which, as in {key}/{have[:2]}")
        return rows[0]

    def _named(self, address: str, language: str | None) -> tuple[str, int | None, list[Entry]]:
        """Return the key and version that an address names, and all versions that it may mean."""
        named = Address.parse(address)
        key, code, version = named.key, named.language or language, named.version
        rows = [
            entry
            for entry in self.entries(key, versions=True)
            if entry.key == key
            and code in (None, entry.language)
            and version in (None, entry.version)
        ]
        return key, version, rows

    def _contents(self, pk: int) -> Record:
        import zlib

        from mahdar.archive.origins import given_out
        from mahdar.archive.packing import unpack
        from mahdar.archive.tables import models

        row = models.Record.objects.using(self.alias).get(pk=pk)
        try:
            return given_out(self.alias, row, unpack(row.contents))
        except (zlib.error, msgspec.DecodeError) as error:
            raise ArchiveError(
                f"record {pk} is damaged ({error}): remove it and add its file again"
            ) from None

    def records(self, entries: Iterable[Entry] | None = None) -> Iterator[Record]:
        """Yield records one by one; all that are current where no entries are given."""
        for entry in self.entries() if entries is None else entries:
            yield self._contents(entry.pk)

    def remove(self, address: str, language: str | None = None) -> int:
        """Remove a record with all its versions, or the one version that is named.

        Args:
            address: as for :meth:`record`.
            language: ISO 639-1; all languages where neither says.

        Returns:
            How many versions were removed.

        Raises:
            ArchiveError: there is none.
        """
        from django.db import Error

        from mahdar.archive.keep import take_out, writing

        pks = [entry.pk for entry in self._named(address, language)[2]]
        if not pks:
            raise ArchiveError(f"{self.place.shown} has no record {address}; see: mahdar list")
        try:
            with writing(self.alias):
                return take_out(self.alias, pks)
        except Error as error:
            raise ArchiveError(f"{address} cannot be removed ({said(error)})") from None

    def rule(
        self,
        kind: str,
        address: str,
        *,
        by: str = "",
        what: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> Ruling:
        """Write down what a person decided; see :func:`mahdar.rule`."""
        from mahdar.archive.rulings import rule

        return rule(self, kind, address, by=by, what=what, reason=reason)

    def take_back(self, identity: str, *, by: str = "", reason: str = "") -> Ruling:
        """Take back what a person decided; see :func:`mahdar.take_back`."""
        from mahdar.archive.rulings import take_back

        return take_back(self, identity, by=by, reason=reason)

    def rulings(self, address: str | None = None) -> list[Placed]:
        """Return what people decided; see :func:`mahdar.rulings`."""
        from mahdar.archive.rulings import rulings_of

        return rulings_of(self, address)

    def export_rulings(self, path: Path) -> int:
        """Write what people decided to a file; see :func:`mahdar.export_rulings`."""
        from mahdar.archive.rulings_file import export_rulings

        return export_rulings(self, path)

    def import_rulings(self, path: Path) -> Imported:
        """Take in what people decided elsewhere; see :func:`mahdar.import_rulings`."""
        from mahdar.archive.rulings_file import import_rulings

        return import_rulings(self, path)

    def unread(self) -> list[tuple[str, str]]:
        """Return the files that could not be read, with the reasons."""
        from mahdar.archive.tables import models

        table = models.Source.objects.using(self.alias).filter(record=None)
        return list(table.order_by("path").values_list("path", "reason"))

    def totals(self) -> dict[str, Any]:
        """Return how much there is: records, turns, words, by language."""
        from django.db.models import Count, Sum

        from mahdar.archive.tables import models

        table = models.Record.objects.using(self.alias).filter(current=True)
        rows = table.values("language").annotate(
            records=Count("pk"), turns=Sum("turns"), words=Sum("words")
        )
        return {
            row["language"]: {name: row[name] for name in ("records", "turns", "words")}
            for row in rows.order_by("language")
        }


_COLUMNS = Entry.__struct_fields__
_ORDER = ("date", "organ", "meeting_number", "key", "language", "version")
