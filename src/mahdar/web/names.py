"""How States, bodies, languages and codes are called in the language of the interface."""

from __future__ import annotations

import functools

from babel import Locale
from django.utils.translation import get_language, gettext, gettext_lazy

from mahdar.authority.tables import names as names_in
from mahdar.languages import language_codes, load_language
from mahdar.organs import organs, read_organ
from mahdar.search.resolving import state_name
from mahdar.topics import topics

CAPACITIES = {
    "president": gettext_lazy("President"),
    "member": gettext_lazy("Member"),
    "invited": gettext_lazy("Invited"),
    "observer": gettext_lazy("Observer"),
    "secretariat": gettext_lazy("Secretariat"),
    "officer": gettext_lazy("Officer of a body"),
    "national": gettext_lazy("President, for the own country"),
    "unknown": gettext_lazy("Not known"),
}
KINDS = {
    "turn": gettext_lazy("Speeches"),
    "act": gettext_lazy("Acts"),
    "vote": gettext_lazy("Votes"),
    "heading": gettext_lazy("Headings"),
    "agenda": gettext_lazy("Agenda"),
}
PURPOSES = {
    "before_vote": gettext_lazy("Explanation of vote before the vote"),
    "after_vote": gettext_lazy("Explanation of vote after the vote"),
    "right_of_reply": gettext_lazy("Right of reply"),
    "point_of_order": gettext_lazy("Point of order"),
}
CHOICES = {
    "in_favour": gettext_lazy("In favour"),
    "against": gettext_lazy("Against"),
    "abstaining": gettext_lazy("Abstaining"),
    "not_participating": gettext_lazy("Not participating"),
}
OUTCOMES = {
    "adopted": gettext_lazy("Adopted"),
    "retained": gettext_lazy("Retained"),
    "rejected": gettext_lazy("Rejected"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
STATUSES = {
    "provisional": gettext_lazy("Provisional"),
    "final": gettext_lazy("Final"),
    "unknown": gettext_lazy("Status not known"),
}
UPLOAD_STATES = {
    "waiting": gettext_lazy("Waiting to be read"),
    "reading": gettext_lazy("Being read"),
    "read": gettext_lazy("It was read"),
    "failed": gettext_lazy("Could not be read"),
    "adding": gettext_lazy("Being added to the archive"),
    "added": gettext_lazy("Added to the archive"),
}
FACETS = {
    "organ": gettext_lazy("Organ"),
    "language": gettext_lazy("Language of the record"),
    "year": gettext_lazy("Year"),
    "state": gettext_lazy("State"),
    "topic": gettext_lazy("Topic"),
    "speaker": gettext_lazy("Speaker"),
    "capacity": gettext_lazy("Capacity"),
    "kind": gettext_lazy("Kind"),
}
_AS_PRINTED = {("ar", "en"): "الإنكليزية"}
"""Where the records write the name of a language otherwise than the CLDR."""
FORMS = {
    "pdf": "PDF",
    "docx": "Word",
    "html": "HTML",
    "text": gettext_lazy("Plain text"),
    "akn": "Akoma Ntoso",
    "tei": "TEI",
    "json": "JSON",
    "csv": "CSV",
    "parquet": "Parquet",
}


def for_django(code: str) -> str:
    """Return what Django calls a language of the interface: it parts Chinese by its script.

    >>> for_django("zh"), for_django("ar")
    ('zh-hans', 'ar')
    """
    return "zh-hans" if code == "zh" else code


def interface() -> str:
    """Return the language of the interface, one of the six."""
    code = (get_language() or "en")[:2]
    return code if code in language_codes() else "en"


@functools.cache
def _states() -> frozenset[str]:
    return frozenset(
        code for file in ("states.tsv", "states_other.tsv") for code in names_in(file, "en")
    )


def is_state(code: str) -> bool:
    """Tell whether a code is that of a State, now or before.

    >>> is_state("TCD"), is_state("OIC")
    (True, False)
    """
    return code in _states()


def body_name(code: str) -> str:
    """Return what a State, organisation or office is called; the code where nothing is known."""
    return state_name(code, interface())


def topic_name(code: str) -> str:
    """Return what a topic is called."""
    return topics()[code].names[interface()] if code in topics() else code


def language_name(code: str) -> str:
    """Return what a language is called.

    >>> from django.utils.translation import override
    >>> with override("fr"):
    ...     language_name("ru")
    'russe'
    """
    known = _AS_PRINTED.get((interface(), code))
    return known or str(Locale.parse(interface()).languages.get(code) or code)


def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language."""
    known = code if code in language_codes() else "en"
    return load_language(known).data.direction


def script_language(text: str) -> str:
    """Return the language that the letters of a name are most likely of; nothing for Latin ones.

    >>> script_language("أورلوف"), script_language("奥尔洛夫"), script_language("Orlov")
    ('ar', 'zh', '')
    """
    first = next((character for character in text if character.isalpha()), "")
    scripts = (("ar", "\u0600", "\u06ff"), ("zh", "\u4e00", "\u9fff"), ("ru", "\u0400", "\u04ff"))
    return next((code for code, low, high in scripts if first and low <= first <= high), "")


def value_name(facet: str, value: str, known: str = "") -> str:
    """Return what a value of a facet is called.

    Args:
        facet: its name.
        value: as the index has it.
        known: what is shown where the facet has no names of its own.

    >>> from django.utils.translation import override
    >>> with override("fr"):
    ...     [value_name(*pair) for pair in (("topic", "human_rights"), ("organ", "SC"))]
    ["Droits de l'homme", 'Conseil de sécurité']
    """
    if facet == "state":
        return body_name(value)
    if facet == "topic":
        return topic_name(value)
    if facet == "language":
        return language_name(value)
    if facet == "organ":
        return organ_name(value)
    table = {"capacity": CAPACITIES, "kind": KINDS}.get(facet, {})
    return str(table.get(value) or known or value)


def organ_name(code: str | None) -> str:
    """Return what an organ is called."""
    organ = read_organ(code)
    return organ.name(interface()) if organ else code or gettext("Other")


def organ_names() -> list[tuple[str, str]]:
    """Return the codes of all organs, and what each is called."""
    return [(organ.code, organ.name(interface())) for organ in reversed(organs())]
