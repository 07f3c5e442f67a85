"""Collect the words of the site's interface into the catalogues of its languages, and compile them.

    python tools/make_messages.py            # bring src/mahdar/web/locale up to date
    python tools/make_messages.py --check    # fail where one is missing or not translated

Whoever translates edits ``src/mahdar/web/locale/*/LC_MESSAGES/django.po``; the ``.mo`` files
beside them are made from these. Nothing but Babel is needed.
"""

from __future__ import annotations

import argparse
import datetime
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
WEB = ROOT / "src" / "mahdar" / "web"
_NO_TIME = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
LOCALES = ("ar", "es", "fr", "ru", "zh_Hans")
_KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip


def sources() -> Iterator[tuple[str, str]]:
    """Yield files that have words of the interface, with their text as Python has it."""
    import django
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
        django.setup()
    for path in sorted(WEB.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    for path in sorted((WEB / "templates").rglob("*.html")):
        name = path.relative_to(ROOT).as_posix()
        yield name, templatize(path.read_text(encoding="utf-8"), origin=name)


def collected() -> Catalog:
    """Return all words of the interface, with where they stand."""
    catalog = Catalog(project="Mahdar", charset="utf-8", fuzzy=False)
    for name, text in sources():
        found = extract("python", io.BytesIO(text.encode()), keywords=_KEYWORDS)
        for line, message, comments, context in found:
            catalog.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return catalog


def path_of(locale: str) -> Path:
    """Return the catalogue of a language."""
    return WEB / "locale" / locale / "LC_MESSAGES" / "django.po"


def updated(locale: str, words: Catalog) -> Catalog:
    """Return the catalogue of a language with the words that the interface has now."""
    path = path_of(locale)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale)
    else:
        catalog = Catalog(locale=locale, project="Mahdar", charset="utf-8")
    catalog.update(words, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    return catalog


def written(catalog: Catalog) -> tuple[bytes, bytes]:
    """Return a catalogue as text and compiled, the same bytes each time."""
    catalog.creation_date = catalog.revision_date = _NO_TIME
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalog, width=100, sort_output=True, include_lineno=False, omit_header=False)
    write_mo(compiled, catalog)
    return text.getvalue(), compiled.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Return the words that are not translated, or not in all the plurals that a language has."""
    return [
        str(message.id) for message in catalog
        if message.id and not (
            all(message.string) if isinstance(message.string, tuple) else message.string
        )
    ]  # fmt: skip


def main() -> int:
    """Bring the catalogues up to date, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    words = collected()
    status = 0
    for locale in LOCALES:
        catalog = updated(locale, words)
        text, compiled = written(catalog)
        path = path_of(locale)
        left = missing(catalog)
        if check:
            same = path.read_bytes() == text and path.with_suffix(".mo").read_bytes() == compiled
            if not same:
                print(f"{path}: not up to date; run python tools/make_messages.py")
            for message in left:
                print(f"{path}: not translated: {message}")
            status |= bool(left) or not same
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
            path.with_suffix(".mo").write_bytes(compiled)
            print(f"{locale}: {len(catalog)} messages, {len(left)} not translated")
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
