"""A record as JSON: written in one form, read in every form there has been.

Format 1, of Mahdar 0.1.0, had no number, counted turns and paragraphs from 0 and called what is
``within`` here ``place``; findings had neither anchor nor identity.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any, TypeVar, cast

import msgspec

from mahdar.model.cleaning import clean
from mahdar.model.identify import identify_findings
from mahdar.model.record import FORMAT, Origin, Record

Held = TypeVar("Held")
# Escapes of any character, DEL, C1, noncharacters: each begins with one byte, to be found quickly.
_MAYBE_FOREIGN = tuple(
    re.compile(pattern)
    for pattern in (rb"\\[ubf]", rb"\x7f", rb"\xc2[\x80-\x9f]", rb"\xef\xb7", rb"\xbf[\xbe\xbf]")
)


class _Numbered(msgspec.Struct):
    format: int = 1


class NewerFormat(ValueError):
    """The data is of a format that only a later Mahdar knows."""


def decode_record(data: bytes) -> Record:
    """Return a record from its JSON, of whatever format; what no record may hold is taken out.

    Raises:
        msgspec.DecodeError: it is no record.
        NewerFormat: it was written by a later Mahdar.

    >>> from mahdar.specimens.build import specimen
    >>> decode_record(msgspec.json.encode(specimen("fr"))).format
    2
    """
    try:
        return _decoded(_clean_json(data))
    except RecursionError:
        raise msgspec.DecodeError("it is nested more deeply than any record") from None
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(f"it is no UTF-8: {error.reason}") from None


def _decoded(data: bytes) -> Record:
    number = msgspec.json.decode(data, type=_Numbered).format
    if number == FORMAT:
        return msgspec.json.decode(data, type=Record)
    if number > FORMAT:
        raise NewerFormat(
            f"the record is of format {number}, written by a later Mahdar; this one reads up to"
            f" format {FORMAT}: update it"
        )
    try:
        return from_format_1(msgspec.json.decode(data))
    except (TypeError, KeyError, AttributeError) as error:
        raise msgspec.ValidationError(f"not even of format 1: {error!r}") from None


def _clean_json(data: bytes) -> bytes:
    r"""Return JSON whose strings hold nothing that may not stand in a record.

    Almost all is clean, and that is seen from its bytes.

    >>> _clean_json(b'{"a": "plain"}'), _clean_json(rb'{"a": ["x\u001b[2J"]}').decode()
    (b'{"a": "plain"}', '{"a":["x�[2J"]}')
    """
    if not any(pattern.search(data) for pattern in _MAYBE_FOREIGN):
        return data
    return msgspec.json.encode(_cleaned(msgspec.json.decode(data)))


def cleaned(held: Held) -> Held:
    r"""Return a record without what may not stand in one, however it was made.

    Args:
        held: a record, a part of one, or what is told of one; returned itself where it is clean.

    >>> from mahdar.model import Name
    >>> cleaned(Name("a\x1b[2Jb\ud800")).label
    'a\ufffd[2Jb\ufffd'
    """
    try:
        data = msgspec.json.encode(held)
    except UnicodeEncodeError:  # half of a pair
        return cast(Held, _cleaned(held))
    if any(pattern.search(data) for pattern in _MAYBE_FOREIGN):
        return cast(Held, _cleaned(held))
    return held


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return type(value)(_cleaned(each) for each in value)
    if isinstance(value, msgspec.Struct):
        fields = {name: _cleaned(getattr(value, name)) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    if isinstance(value, dict):
        return {clean(key): _cleaned(each) for key, each in value.items()}
    return value


def from_format_1(data: Any) -> Record:
    """Return a record from what the JSON of format 1 held.

    Raises:
        msgspec.ValidationError: it is no record.
    """
    if not isinstance(data, dict):
        raise msgspec.ValidationError("Expected `object`, got something else")
    for person in _rows(data.get("people")):
        person["turn_numbers"] = [turn + 1 for turn in person.pop("turns", ())]
    for decision in _rows(data.get("decisions")):
        decision["act_index"] = decision.pop("item", None)
        if "vote" in decision:
            decision["vote_index"] = decision.pop("vote")
    for item in _rows(data.get("body")):
        if item.get("place") is not None:
            place = item.pop("place")
            item["within"] = {
                "turn_number": place["turn"] + 1, "paragraph_number": place["paragraph"] + 1,
                "start": place["start"], "end": place["end"],
            }  # fmt: skip
        for part in [item, *_rows(item.get("parts"))]:
            for paragraph in _rows(part.get("paragraphs")):
                for mention in _rows(paragraph.get("mentions")):
                    if mention.get("turn") is not None:
                        number = mention.pop("turn") + 1
                        mention["turn_number"] = number
                        mention["id"] = f"t{number}"
    return identify_findings(msgspec.convert(data, Record))


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def content_of(record: Record) -> bytes:
    """Return the JSON of a record without its origin: two of one content are one record."""
    return msgspec.json.encode(msgspec.structs.replace(record, origin=None))


def seal_of(content: bytes) -> str:
    """Return the SHA-256 of the content of a record."""
    return hashlib.sha256(content).hexdigest()


def sealed(record: Record, origin: Origin) -> Record:
    """Return a record that says where it comes from, with the seal of its content."""
    seal = seal_of(content_of(record))
    return msgspec.structs.replace(record, origin=msgspec.structs.replace(origin, seal=seal))


def is_sealed(record: Record) -> bool:
    """Tell whether a record is what its origin says: nobody has changed it since."""
    return record.origin is not None and record.origin.seal == seal_of(content_of(record))
