"""The tables of the site: saved searches, files on their way in, failed tries to sign in.

They name records by their symbols only, for whoever keeps the archive without the site knows
nothing of them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedSearch(models.Model):
    """A question that somebody wants to be told of when a new record answers it.

    ``seen`` is the number of the last record that was looked through, ``told`` when a notice was
    last written.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    query = models.CharField(max_length=2000)
    name = models.CharField(max_length=200)
    interface = models.CharField(max_length=8, default="en")
    by_mail = models.BooleanField(default=True)
    seen = models.BigIntegerField(default=0)
    made = models.DateTimeField(auto_now_add=True)
    told = models.DateTimeField(null=True)

    class Meta:
        """One question is saved once by one person."""

        constraints = [models.UniqueConstraint(fields=["owner", "query"], name="one_search")]


class Upload(models.Model):
    """A file that an editor gave, on its way to a record.

    ``state`` is ``waiting``, ``reading``, ``read``, ``failed``, ``adding``, ``added``; ``digest``
    the SHA-256 of its bytes, by which it is kept; ``problem`` why it could not be read. ``summary``
    is what was read, as Mahdar sums it up; ``symbol`` and ``language`` name the record that it is.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    ending = models.CharField(max_length=8)
    size = models.BigIntegerField()
    state = models.CharField(max_length=8, default="waiting")
    problem = models.TextField(default="")
    summary = models.TextField(default="")
    pages = models.IntegerField(default=0)
    drawn = models.IntegerField(default=0)
    turns = models.IntegerField(default=0)
    findings = models.IntegerField(default=0)
    symbol = models.CharField(max_length=200, default="")
    language = models.CharField(max_length=8, default="")
    given = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)


class FailedTry(models.Model):
    """A failed try to sign in: by what name and from where, both as digests, and when."""

    who = models.CharField(max_length=64, db_index=True)
    when = models.DateTimeField(auto_now_add=True, db_index=True)
