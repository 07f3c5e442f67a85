"""Commands that make tables about what is said, under mahdar study."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

import mahdar
from mahdar.api.forms import STUDY_FORMS
from mahdar.cli.arguments import archive_option, output_option
from mahdar.cli.output import write_result

if TYPE_CHECKING:
    import pyarrow as pa

    from mahdar.api.archive import Archive

_BY = ("year", "state", "speaker", "topic", "organ", "affiliation", "capacity", "language",
       "record")  # fmt: skip
_Command = Callable[..., Any]


@click.group()
def study() -> None:
    """Make tables about what is said: concordances, frequencies, collocations and more.

    WORD is a word or several in quotation marks: all its forms, unless it begins with =
    (as written) or ends with * (all that begins so). --where takes a question in the language of
    `mahdar search` and counts only in the speeches that meet it.
    """


def _options(*, plot: bool = True) -> Callable[[_Command], _Command]:
    def add(command: _Command) -> _Command:
        if plot:
            command = click.option(
                "--plot", metavar="PATH", help="Also draw the table, to a .svg or .png file."
            )(command)
        command = click.option(
            "--to", "form", type=click.Choice(STUDY_FORMS), default="text",
            show_default=True, help="A table for people, or data.",
        )(command)  # fmt: skip
        command = click.option(
            "--where", default="", metavar="QUERY", help="Only speeches that meet this question."
        )(command)
        return output_option(archive_option(command))

    return add


_language = click.option("--language", metavar="CODE", help="Of the records (ISO 639-1).")
_least = click.option("--least", type=click.IntRange(min=1), default=3, show_default=True,
                      help="How often it must come.")  # fmt: skip
_size = click.option("--size", type=click.IntRange(min=1), default=50, show_default=True,
                     help="How many rows.")  # fmt: skip
_common = click.option("--common/--no-common", default=False, show_default=True,
                       help="Keep the words that every text has.")  # fmt: skip


def _open(archive: str | None) -> Archive:
    return mahdar.open_archive(archive, make=False)


def _write(
    table: pa.Table, form: Any, output: str | None, plot: str | None, kind: Any, title: str
) -> None:
    from mahdar.api.study import draw_table, publish_table

    if plot:
        to = "png" if plot.endswith(".png") else "svg"
        write_result(draw_table(table, kind, title=title, to=to), plot)
    write_result(publish_table(table, form), output)


@study.command()
@click.option(
    "--sort",
    "order",
    type=click.Choice(["date", "left", "right"]),
    default="date",
    show_default=True,
    help="By date, or by the words before or after.",
)
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@click.option(
    "--size",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Lines on a page, 0 for all.",
)
@click.option(
    "--width",
    type=click.IntRange(min=5),
    default=40,
    show_default=True,
    help="Columns of context on each side.",
)
@_language
@_options(plot=False)
@click.argument("word", metavar="WORD")
def concordance(
    word: str, order: Any, page: int, size: int, width: int, language: str | None,
    where: str, form: Any, archive: str | None, output: str | None,
) -> None:  # fmt: skip
    """Show each place where WORD stands, with what is before and after it."""
    from mahdar.api import study as make

    table = make.concordance(
        _open(archive), word, where=where, language=language, order=order, page=page, size=size,
        width=max(60, width),
    )  # fmt: skip
    if form == "text":
        write_result(make.tell_concordance(table, width), output)
    else:
        write_result(make.publish_table(table, form), output)


@study.command()
@click.option("--by", type=click.Choice(_BY), default="year", show_default=True)
@_language
@_options()
@click.argument("word", metavar="WORD")
def frequencies(
    word: str, by: Any, language: str | None, where: str, form: Any, archive: str | None,
    output: str | None, plot: str | None,
) -> None:  # fmt: skip
    """Count how often WORD is said, by year, State, speaker, topic; with rates per 10,000 words."""
    from mahdar.api import study as make

    table = make.frequencies(_open(archive), word, by=by, where=where, language=language)
    _write(table, form, output, plot, "frequencies", word)


@study.command()
@click.option(
    "--window",
    type=click.IntRange(1, 50),
    default=5,
    show_default=True,
    help="How many words before and after it are near.",
)
@_least
@_common
@_size
@_language
@_options()
@click.argument("word", metavar="WORD")
def collocations(
    word: str, window: int, least: int, common: bool, size: int, language: str | None,
    where: str, form: Any, archive: str | None, output: str | None, plot: str | None,
) -> None:  # fmt: skip
    """Find the words that stand near WORD: log-likelihood, logDice, PMI."""
    from mahdar.api import study as make

    table = make.collocations(
        _open(archive), word, window=window, least=least, common=common, where=where,
        language=language, size=size,
    )  # fmt: skip
    _write(table, form, output, plot, "collocations", word)


@study.command()
@click.option(
    "--against",
    default="",
    metavar="QUERY",
    help="The speeches to compare with; the rest of the archive without it.",
)
@_least
@_size
@_language
@_options()
def keyness(
    against: str, least: int, size: int, language: str | None, where: str, form: Any,
    archive: str | None, output: str | None, plot: str | None,
) -> None:  # fmt: skip
    """Find the words that set the speeches of --where apart from others."""
    from mahdar.api import study as make

    if not where.strip():
        raise click.UsageError("say which speeches with --where, as in --where state:RUS")
    table = make.keyness(
        _open(archive), where, against=against, language=language, least=least, size=size
    )
    _write(table, form, output, plot, "keyness", where)


@study.command()
@click.option(
    "--by", type=click.Choice(_BY), default="record", show_default=True, help="What makes a part."
)
@_language
@_options()
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
def dispersion(
    words: tuple[str, ...], by: Any, language: str | None, where: str, form: Any,
    archive: str | None, output: str | None, plot: str | None,
) -> None:  # fmt: skip
    """Tell how evenly each WORD is spread over records, years, States."""
    from mahdar.api import study as make

    table = make.dispersion(_open(archive), words, by=by, where=where, language=language)
    _write(table, form, output, plot, "dispersion", ", ".join(words))


@study.command()
@click.option(
    "--length", type=click.IntRange(1, 8), default=3, show_default=True, help="How many words."
)
@click.option("--word", default="", metavar="WORD", help="Only runs that hold this word.")
@_least
@_common
@_size
@_language
@_options()
def ngrams(
    length: int, word: str, least: int, common: bool, size: int, language: str | None,
    where: str, form: Any, archive: str | None, output: str | None, plot: str | None,
) -> None:  # fmt: skip
    """Find the runs of words that come most often."""
    from mahdar.api import study as make

    table = make.ngrams(
        _open(archive), length, least=least, word=word, common=common, where=where,
        language=language, size=size,
    )  # fmt: skip
    _write(table, form, output, plot, "ngrams", word)


@study.command()
@click.option("--by", type=click.Choice(["state", "speaker"]), default="state", show_default=True)
@click.option("--kind", metavar="KIND", help="Only this kind: resolution, document, article, …")
@_size
@_options()
def citations(
    by: Any, kind: str | None, size: int, where: str, form: Any, archive: str | None,
    output: str | None, plot: str | None,
) -> None:  # fmt: skip
    """Tell who cites what, and how often."""
    from mahdar.api import study as make

    table = make.citations(_open(archive), by=by, kind=kind, where=where, size=size)
    _write(table, form, output, plot, "citations", "")


@study.command()
@click.option("--by", type=click.Choice(["state", "speaker"]), default="state", show_default=True)
@click.option(
    "--least",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="In how many meetings both must speak.",
)
@_size
@_options()
def together(
    by: Any, least: int, size: int, where: str, form: Any, archive: str | None,
    output: str | None, plot: str | None,
) -> None:  # fmt: skip
    """Tell who speaks with whom: in how many meetings both take the floor."""
    from mahdar.api import study as make

    table = make.together(_open(archive), by=by, least=least, where=where, size=size)
    _write(table, form, output, plot, "together", "")
