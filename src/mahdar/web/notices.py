"""Tell those who saved a search of the new records that answer it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from mahdar.archive.tables import models
from mahdar.errors import MahdarError
from mahdar.search.hits import Hit
from mahdar.search.searching import Ranked
from mahdar.web import links, names
from mahdar.web.models import SavedSearch
from mahdar.web.numbers import write_number
from mahdar.web.opened import archive, searcher
from mahdar.web.options import site_options
from mahdar.web.pages.saved import token_of

_SHOWN = 10


def send_notices() -> int:
    """Write to everybody whose saved search a new record answers.

    Returns:
        How many notices were sent. A notice that the mail server does not take is tried again.
    """
    alias = archive().alias
    newest = models.Record.objects.using(alias).aggregate(last=Max("pk"))["last"] or 0
    sent = 0
    for search in SavedSearch.objects.filter(seen__lt=newest).select_related("owner"):
        found = new_speeches(search.query, search.seen)
        if found and search.by_mail and isinstance(search.owner, User) and search.owner.email:
            _send(search, search.owner, found)
            search.told = timezone.now()
            sent += 1
        search.seen = newest
        search.save(update_fields=["seen", "told"])
    return sent


def new_speeches(query: str, seen: int) -> list[int]:
    """Return the speeches of records after one that answer a question; those in order.

    Args:
        query: in the query language.
        seen: the number of the last record that was looked through.
    """
    table = models.Element.objects.using(archive().alias)
    new = set(table.filter(record_id__gt=seen, record__current=True).values_list("pk", flat=True))
    if not new:
        return []
    try:
        return sorted(new.intersection(searcher().elements(query)))
    except MahdarError:  # a question that a later Mahdar does not understand
        return []


def _send(search: SavedSearch, owner: User, found: Sequence[int]) -> None:
    from mahdar.search.fetching import Fetcher
    from mahdar.search.query import parse
    from mahdar.search.tree import terms_of

    rows = [Ranked(pk, 0.0) for pk in found[:_SHOWN]]
    hits = list(Fetcher(archive().alias).hits(rows, terms_of(parse(search.query))))
    with translation.override(names.for_django(search.interface)):
        message = _message(search, owner, hits, len(found))
    message.send()


def _message(search: SavedSearch, owner: User, hits: Sequence[Hit], count: int) -> EmailMessage:
    base = site_options().base
    stop = f"{base}/saved/stop/{token_of(search)}"
    head = ngettext(
        "%(count)s new speech answers “%(name)s”.", "%(count)s new speeches answer “%(name)s”.",
        count,
    ) % {"count": write_number(count), "name": search.name}  # fmt: skip
    lines = [head, ""]
    for hit in hits:
        if hit.passages:
            best = hit.passages[0]
            lines += [best.cited, hit.speaker, best.text, base + links.to_address(best.address), ""]
    lines += [gettext("All of them:"), base + links.to_search(search.query, sort="newest"), ""]
    lines += [gettext("No more notices of this search:"), stop]
    return EmailMessage(
        subject=gettext("Mahdar: new in “%(name)s”") % {"name": " ".join(search.name.split())},
        body="\n".join(lines), to=[owner.email],
        headers={
            "List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated", "Content-Language": search.interface,
        },
    )  # fmt: skip
