"""The tables of an archive.

The record as data stands whole in ``Record.contents``; the other tables are made from it, so
that databases can answer what searchers and other programs ask (``mahdar.archive.derived``). A
version of a record never changes once it is written.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Index, Q, UniqueConstraint


class Clock(models.Model):
    """One row, raised by each change: whoever raises it writes, all others wait.

    ``program`` is the Mahdar that last wrote, ``formats`` what the archive is made of, as JSON
    (``mahdar.archive.formats``).
    """

    serial = models.BigIntegerField(default=0)
    program = models.CharField(max_length=32, default="")
    formats = models.TextField(default="{}")


class Record(models.Model):
    """One version of the record of a meeting in a language.

    ``key`` is the symbol, or ``unnamed/`` and a digest where none is known. ``contents`` is
    the JSON of the record without its origin, packed with zlib; ``digest`` the SHA-256 of that
    JSON. Of all versions with one key and language one is ``current``.

    ``formats`` says as JSON in which format each derived table holds this record. Indexes know it
    by ``serial``, which is new whenever what they hold of it was made again; vectors by
    ``said_serial``, which is new only when what is said in it was. Both come from the clock, and
    none is given twice.

    ``origin`` is ``read``, ``corrected`` or ``composed``, ``by`` the program or the person (empty:
    not said), ``based_on`` the address of the version that was corrected, ``base_digest`` the
    digest of that version: it is known by it in any archive, whatever its number there. These
    stand behind the contents: long lists leave them alone, for SQLite reads its way to them
    through all of a record.
    """

    key = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    version = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    symbol = models.CharField(max_length=200, null=True)
    status = models.CharField(max_length=16)
    organ = models.CharField(max_length=32, null=True)
    session = models.IntegerField(null=True)
    meeting_number = models.IntegerField(null=True)
    date = models.CharField(max_length=10, null=True)
    year = models.IntegerField(null=True)
    title = models.TextField(default="")
    words = models.IntegerField(default=0)
    turns = models.IntegerField(default=0)
    findings = models.IntegerField(default=0)
    digest = models.CharField(max_length=64)
    contents = models.BinaryField()
    added = models.DateTimeField(auto_now_add=True)
    reader = models.CharField(max_length=32)
    formats = models.TextField(default="{}")
    serial = models.BigIntegerField(default=0)
    said_serial = models.BigIntegerField(default=0)
    origin = models.CharField(max_length=16, default="read")
    by = models.TextField(default="")
    based_on = models.TextField(default="")
    base_digest = models.CharField(max_length=64, default="")

    class Meta:
        """One version number once; one current version at most; one serial for one record."""

        constraints = [
            UniqueConstraint(fields=["key", "language", "version"], name="one_version"),
            UniqueConstraint(
                fields=["key", "language"], condition=Q(current=True), name="one_current"
            ),
            UniqueConstraint(fields=["serial"], condition=Q(serial__gt=0), name="one_serial"),
        ]
        # These stand after the contents: without indexes, asking for them would read all of it.
        indexes = [
            Index(fields=["date", "key"], name="record_by_date"),
            Index(fields=["current", "serial"], name="record_by_serial"),
            Index(fields=["current", "said_serial"], name="record_by_said_serial"),
            Index(fields=["formats"], name="record_by_formats"),
        ]


class Source(models.Model):
    """A file that was read: by the SHA-256 of its bytes, with its record or why there is none."""

    digest = models.CharField(max_length=64, unique=True)
    path = models.TextField()
    size = models.BigIntegerField()
    record = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="sources")
    reason = models.TextField(default="")
    reader = models.CharField(max_length=32)
    seen = models.DateTimeField(auto_now=True)


class Person(models.Model):
    """Somebody who speaks: the identity within records, and how the name sounds."""

    code = models.CharField(max_length=250, unique=True)
    name = models.CharField(max_length=250)
    affiliation = models.CharField(max_length=200, null=True)
    latin = models.CharField(max_length=250)
    sound = models.CharField(max_length=250, db_index=True)


class Element(models.Model):
    """Something of a record: what is said in one capacity, done, voted, headed, or its agenda.

    ``kind`` is ``turn`` (a speech, or a part of one that is in another capacity or language),
    ``act``, ``vote``, ``heading`` or ``agenda``. ``number`` counts the elements of a record,
    ``turn_number`` its turns (None for the others), ``part_number`` the parts of that turn, all
    from 1, as in addresses.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="elements")
    kind = models.CharField(max_length=8)
    number = models.IntegerField()
    turn_number = models.IntegerField(null=True)
    part_number = models.IntegerField(default=1)
    label = models.TextField(default="")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="elements")
    affiliation = models.CharField(max_length=200, null=True)
    state = models.CharField(max_length=3, null=True)
    group = models.CharField(max_length=32, null=True)
    capacity = models.CharField(max_length=16, null=True)
    language = models.CharField(max_length=8)
    interpreted = models.BooleanField(default=False)
    purpose = models.CharField(max_length=16, null=True)
    words = models.IntegerField(default=0)

    class Meta:
        """A place in a record is taken once."""

        constraints = [UniqueConstraint(fields=["record", "number"], name="one_place")]
        indexes = [Index(fields=["affiliation"], name="element_by_affiliation")]


class Paragraph(models.Model):
    """A paragraph of an element; ``paragraph_number`` counts those of its turn, from 1."""

    element = models.ForeignKey(Element, on_delete=models.CASCADE, related_name="paragraphs")
    paragraph_number = models.IntegerField()
    page = models.IntegerField(null=True)
    text = models.TextField()


class Mention(models.Model):
    """What a paragraph names or cites, and how often."""

    element = models.ForeignKey(Element, on_delete=models.CASCADE, related_name="mentions")
    paragraph_number = models.IntegerField()
    kind = models.CharField(max_length=16)
    target = models.CharField(max_length=250)
    times = models.IntegerField(default=1)

    class Meta:
        """Found by what is cited."""

        indexes = [Index(fields=["kind", "target"], name="mention_by_target")]


class AgendaDocument(models.Model):
    """A document before a meeting."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="documents")
    symbol = models.CharField(max_length=250)
    label = models.TextField(default="")


class Vote(models.Model):
    """A vote of a meeting; ``vote_number`` counts them from 1."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="votes")
    vote_number = models.IntegerField()
    method = models.CharField(max_length=16)
    draft = models.TextField(default="")
    resolution = models.CharField(max_length=200, default="")
    outcome = models.CharField(max_length=16, default="")
    in_favour = models.IntegerField()
    against = models.IntegerField()
    abstaining = models.IntegerField()


class Cast(models.Model):
    """How a State voted: ``in_favour``, ``against``, ``abstaining``, ``not_participating``."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="casts")
    state = models.CharField(max_length=200)
    label = models.TextField()
    choice = models.CharField(max_length=20)


class Subject(models.Model):
    """A topic of an element, why it was given (``agenda``, ``words``, ``meaning``), how surely."""

    element = models.ForeignKey(Element, on_delete=models.CASCADE, related_name="subjects")
    topic = models.CharField(max_length=32)
    why = models.CharField(max_length=8)
    score = models.FloatField()

    class Meta:
        """Found by topic."""

        indexes = [Index(fields=["topic"], name="subject_by_topic")]


class Ruling(models.Model):
    """What a person decided about a record: never overwritten, never deleted, taken back at most.

    ``identity`` is made of what was decided, by whom and when, so that the same ruling is known
    in any archive. ``key`` and ``language`` point at no row: rulings survive the removal of a
    version. ``anchor`` (None: the record as a whole) and ``what`` are JSON.
    """

    identity = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=16)
    who = models.TextField(default="")
    when = models.DateTimeField()
    key = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    anchor = models.TextField(null=True)
    what = models.TextField()
    reason = models.TextField(default="")
    taken_back_by = models.TextField(null=True)
    taken_back_when = models.DateTimeField(null=True)
    taken_back_reason = models.TextField(null=True)

    class Meta:
        """Found by the record that it is about."""

        indexes = [Index(fields=["key", "language", "kind"], name="ruling_by_record")]
