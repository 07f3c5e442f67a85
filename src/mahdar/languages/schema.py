"""What a language file must hold; a wrong file is refused in a translator's words."""

from __future__ import annotations

from typing import Literal

import msgspec


class Writing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Characters of the script.

    ``names_decline`` where names within sentences take endings, which those in labels have not.
    """

    sentence_end: str
    clause_end: str
    closers: str
    list_comma: str
    article: str
    digits: list[str]
    fold: list[list[str]]
    skip: str
    proclitics: list[tuple[str, str]]
    name_article: str = ""
    shortened: list[str] = []
    spaced: bool = True
    hyphened: list[str] = []
    own_digits: bool = False
    colon: str = ":"
    brackets: str = "()"
    names_decline: bool = False


class Edges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that show whether a stretch of text is cut at its foot or its head."""

    unfinished: list[str]
    dependent: list[str]
    initial: list[str]
    ordinals: list[list[str]]
    phrases: list[str]


class Honorific(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A title before a name, and the gender that it shows."""

    form: str
    gender: Literal["m", "f"] | None = None


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Labels that name an office alone, and the capacity it gives."""

    capacity: Literal["president", "secretariat"]
    forms: list[str]


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the printed name at the head of a turn is made of."""

    honorifics: list[Honorific]
    courtesies: list[str]
    offices: list[Office]
    secretariat: list[str]
    address: list[str] = []
    roles: list[str] = []
    honorific_after: bool = False
    acting: list[str] = []


class LanguageMarks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the record says in which language somebody spoke."""

    forms: list[str]
    names: dict[str, list[str]]
    written: dict[Literal["m", "f"], str] = {}


class WrittenTimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a time is written: a whole hour, any other; and a date.

    Slots: ``{hour}`` (0 to 23), ``{hour12}``, ``{minute}`` (two digits), ``{half}`` (the first
    word for the half of the day); ``{day}``, ``{month}``, ``{year}``. ``first`` is what the first
    day of a month is called where that is not its number.
    """

    whole: str
    other: str
    date: str = "{day} {month} {year}"
    first: str = "1"


class WrittenCover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the lines of a cover are written that hold a value."""

    meeting: str
    when: str
    president_m: str
    president_f: str
    notice: str


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Dates and times; ``months`` has twelve lists, each with all forms of a month.

    ``times`` are forms with ``{hour}`` and ``{minute}``; ``morning``, ``afternoon``, ``noon``
    and ``midnight`` the words that tell the half of the day.
    """

    weekdays: list[str]
    months: list[list[str]]
    date: list[str]
    time_lead: list[str]
    times: list[str] = []
    morning: list[str] = []
    afternoon: list[str] = []
    noon: list[str] = []
    midnight: list[str] = []
    written: WrittenTimes | None = None


class Ordinals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ordinal numbers in words, as the cover uses them for the year of the Council."""

    units: list[list[str]]
    tens: list[str]
    teen: str
    hundred: list[str]
    joiner: str
    leads: dict[str, int] = {}
    whole: dict[str, int] = {}
    thousand: list[str] = []
    characters: dict[str, int] = {}


class StatusForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell a provisional record from a final one."""

    value: Literal["provisional", "final"]
    forms: list[str]


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the cover prints."""

    status: list[StatusForm]
    year: list[str]
    meeting: list[str]
    places: list[str]
    president: list[str]
    members: list[str]
    agenda: list[str]
    notice: list[str]
    address: list[str]
    letter: list[str]
    session: list[str] = []
    special_session: list[str] = []
    emergency_session: list[str] = []
    held: list[str] = []
    present: list[str] = []
    present_lead: list[str] = []
    publisher: list[str] = []
    contents: list[str] = []
    distribution: list[str] = []
    written: WrittenCover | None = None


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headings that stand in every record."""

    agenda_adoption: list[str]
    other: list[str]
    item: list[str] = []
    continued: list[str] = []


class ActForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Formulae of one act: ``printed`` stand alone on a line, ``spoken`` are said.

    Behind each formula stands where it was seen in print. ``said_by`` tells who says it:
    whoever presides, or a delegation. ``written`` is the whole sentence in which the act is
    written, ``written_otherwise`` the one for values that do not go into it; both are read too.
    """

    printed: dict[str, str] = {}
    spoken: dict[str, str] = {}
    said_by: Literal["chair", "delegation", "anybody"] = "chair"
    written: str = ""
    written_otherwise: str = ""
    stage: list[str] = []
    finished: list[str] = []


class Procedure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What belongs to procedure and is no act by itself.

    ``signs`` tell a sentence from the Chair that looks like procedure, ``line_signs`` a printed
    line that does; ``known`` are announcements and courtesies that look so and do nothing, each
    with where it was seen. ``practice`` tells an invitation that goes by no rule, ``unanimous`` a
    decision of all; ``introduce`` that the floor is given to introduce something.
    """

    signs: list[str] = []
    line_signs: list[str] = []
    known: dict[str, str] = {}
    rule: list[str] = []
    practice: list[str] = []
    introduce: list[str] = []
    pronouns: list[str] = []
    number: list[str] = []
    for_group: list[str] = []
    from_chair: list[str] = []
    aligned: dict[str, str] = {}
    aligns_with: dict[str, str] = {}


class Acts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Formulae of all acts."""

    opened: ActForms
    resumed: ActForms
    suspended: ActForms
    closed: ActForms
    agenda_adopted: ActForms
    invited: ActForms
    floor_given: ActForms
    document_noted: ActForms
    statement_adopted: ActForms
    capacity_changed: ActForms
    capacity_resumed: ActForms
    speakers_exhausted: ActForms
    seated: ActForms = ActForms()
    chair_taken: ActForms = ActForms()
    decided: ActForms = ActForms()
    adopted: ActForms = ActForms()
    retained: ActForms = ActForms()
    rejected: ActForms = ActForms()
    withdrawn: ActForms = ActForms()
    vote_taken: ActForms = ActForms()
    vote_announced: ActForms = ActForms()
    balloted: ActForms = ActForms()
    silence: ActForms = ActForms()
    advised: ActForms = ActForms()
    escorted: ActForms = ActForms()
    applause: ActForms = ActForms()
    narrated: ActForms = ActForms()
    floor_asked: ActForms = ActForms()
    put_to_vote: ActForms = ActForms()
    asked: ActForms = ActForms()
    adjourned: ActForms = ActForms()
    consultations_held: ActForms = ActForms()
    silence_asked: ActForms = ActForms()
    sponsors_added: ActForms = ActForms()
    vote_requested: ActForms = ActForms()
    time_limited: ActForms = ActForms()
    concluded: ActForms = ActForms()
    welcomed: ActForms = ActForms()


class Votes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a vote is printed: heads of the lists of States, totals in words."""

    in_favour: list[str] = []
    against: list[str] = []
    abstaining: list[str] = []
    not_participating: list[str] = []
    none: list[str] = []
    join: list[str] = []
    show_of_hands: list[str] = []
    roll_call: list[str] = []
    totals: list[str] = []
    unanimous: list[str] = []
    without_vote: list[str] = []
    meant_in_favour: list[str] = []
    meant_against: list[str] = []
    meant_abstaining: list[str] = []
    meant_not_participating: list[str] = []
    numbers: list[list[str]] = []
    veto: list[str] = []
    drafts: list[str] = []
    written: str = ""


class Ballots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines in which the result of a secret ballot is read out."""

    papers: list[str] = []
    invalid: list[str] = []
    valid: list[str] = []
    abstentions: list[str] = []
    voting: list[str] = []
    majority: list[str] = []
    votes: list[str] = []
    group: list[str] = []


class Purposes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the President says before statements of a kind, and what ends them."""

    before_vote: list[str] = []
    after_vote: list[str] = []
    right_of_reply: list[str] = []
    point_of_order: list[str] = []
    ended: list[str] = []
    speaks_for: list[str] = []
    group_nouns: list[str] = []
    no_groups: list[str] = []


class LanguageFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole language file."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"]
    writing: Writing
    edges: Edges
    labels: Labels
    language_marks: LanguageMarks
    calendar: Calendar
    ordinals: Ordinals
    cover: Cover
    titles: Titles
    acts: Acts
    phrases: dict[str, str] = {}
    procedure: Procedure = Procedure()
    votes: Votes = Votes()
    ballots: Ballots = Ballots()
    purposes: Purposes = Purposes()
