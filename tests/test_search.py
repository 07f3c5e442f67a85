"""Search: words in six languages, fields, snippets, facets, stable pages, meaning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from mahdar import open_archive
from mahdar.analysis.analyser import analyser
from mahdar.api.archive import Archive
from mahdar.search.marking import Marker
from mahdar.search.searching import Searcher
from mahdar.search.tree import Phrase, Word
from tests.archives import LANGUAGES, close, made_specimen, numbered, write_record
from tests.conftest import records_folder
from tests.questions import FILES, ask, held, questions
from tests.test_study import record


@pytest.fixture(scope="module")
def searcher(specimen_archive: Archive) -> Searcher:
    return specimen_archive.searcher()


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, specimens: Path) -> Iterator[Archive]:
    """An archive of the real records that are asked about, where they are, and the specimens."""
    archive = open_archive(tmp_path_factory.mktemp("everything"))
    folder = records_folder()
    there = [path for path in (folder / name for name in FILES) if path.is_file()] if folder else []
    archive.add([specimens, *there])
    archive.indexes.make_vectors()
    yield archive
    close(archive)


def found(searcher: Searcher, query: str) -> set[str]:
    """Return the turns that answer, as language#turn."""
    answer = searcher.search(query, size=100)
    return {f"{hit.language}#{hit.turn_number}" for hit in answer.hits if hit.kind == "turn"}


@pytest.mark.parametrize(
    ("query", "turns"),
    [
        ("Aqaba", {"en#8", "fr#8", "es#8"}),
        ("العقبة", {"ar#8"}),
        ("Акабе", {"ru#8"}),
        ("亚喀巴", {"zh#8"}),
        # every form finds every other
        ("sailor fog", {"en#14"}),
        ("marin aveugle", {"fr#14"}),
        ("marineros ciego", {"es#14"}),
        ("слепой моряк", {"ru#14"}),
        ("بحار ضباب", {"ar#14"}),
        # accents are left out by those who type
        ("senales NEAR/3 niebla", {"es#14"}),
        ("ete OR phare Aqaba", {"fr#8"}),
        # phrases, nearness, prefix, exact, not
        ('"fog signals"', {"en#14"}),
        ('"signals fog"', set()),
        ("signals NEAR/1 fog", {"en#14"}),
        ("sailors NEAR/2 fog", set()),
        ('"fog sailors"~3', {"en#14"}),
        ("Lofot*", {"en#2", "fr#2", "es#2"}),
        ("=sailors", {"en#14"}),
        ("=sailor", set()),
        ("fog -signals", set()),
        ("雾号", {"zh#14"}),
        ("“失明的水手”", {"zh#14"}),
        ("盲", set()),
        # across paragraphs of one speech, but no phrase over its end
        ("register harbour language:en", {"en#2"}),
        # fields
        ("state:JOR", {f"{code}#8" for code in LANGUAGES}),
        ("state:约旦 language:fr", {"fr#8"}),
        ("capacity:secretariat", {f"{code}#2" for code in LANGUAGES}),
        ("spoken:fr language:zh", {"zh#4", "zh#14"}),
        ("cites:S/2031/98/Add.1 language:en", {"en#2"}),
        ("year:2031 Aqaba language:en", {"en#8"}),
        ("year:..2030 Aqaba", set()),
        ("date:2031-06 Aqaba language:en", {"en#8"}),
        ("kind:act lighthouses", set()),
        # a name in any script
        ("speaker:Dubois language:ru", {"ru#14"}),
        ("speaker:Дюбуа language:ar", {"ar#14"}),
    ],
)
def test_what_is_found(searcher: Searcher, query: str, turns: set[str]) -> None:
    assert found(searcher, query) == turns


def test_arabic_words_are_found_with_what_is_written_together_with_them() -> None:
    arabic = analyser("ar")
    for forms in (
        ("القوات", "قوات", "وقواتها", "قوة"), ("انسحاب", "بانسحاب", "والانسحاب", "للانسحاب"),
        ("فلسطين", "الفلسطينية", "فلسطيني"), ("أمن", "الأمن", "والأمن"),
    ):  # fmt: skip
        assert len({arabic.stem(form) for form in forms}) == 1


def test_russian_nouns_come_to_one_stem_in_all_cases() -> None:
    russian = analyser("ru")
    for forms in (("трибунал", "трибунала", "трибуналом", "трибуналах"), ("сигнал", "сигналы")):
        assert len({russian.stem(form) for form in forms}) == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_marks_are_where_the_words_are(searcher: Searcher, code: str) -> None:
    words = {"en": "lighthouse", "fr": "phare", "es": "faro", "ru": "маяк", "ar": "منارة",
             "zh": "灯塔"}  # fmt: skip
    answer = searcher.search(f"{words[code]} language:{code}", size=50)
    assert answer.hits
    for hit in answer.hits:
        marked = [p.text[a:b] for p in hit.passages for a, b in p.marks]
        assert marked
        stems = {s for each in marked for s, _, _ in analyser(code).searched(each)}
        assert stems & {s for s, _, _ in analyser(code).searched(words[code])}


def test_each_passage_says_how_to_cite_it_and_where_it_is(searcher: Searcher) -> None:
    (hit,) = searcher.search("Aqaba language:en").hits
    passage = hit.passages[0]
    assert passage.cited == "S/PV.99902 (Jordan)"
    assert passage.address == "S/PV.99902/en@1#t8p1"
    assert hit.date == "2031-06-04"


def test_facets_count_all_the_hits(searcher: Searcher) -> None:
    answer = searcher.search("kind:turn", size=1)
    counted = {name: sum(b.count for b in held) for name, held in answer.facets.items()}
    assert counted["language"] == answer.total
    assert {b.value for b in answer.facets["language"]} == set(LANGUAGES)
    jordan = next(b for b in answer.facets["state"] if b.value == "JOR")
    assert (jordan.name, jordan.count) == ("Jordan", 6)


def test_pages_hold_each_hit_once_whatever_their_size(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "archive")
    for number in range(30):  # many hits of one score
        write_record(numbered(made_specimen("en"), number), tmp_path / f"{number}.json")
    archive.add([tmp_path])
    searcher = archive.searcher()
    total = searcher.search("lamp", size=1).total
    assert total > 200
    for sort in ("relevance", "newest", "oldest"):
        orders = []
        for size in (7, 50, 200):
            pages = -(-total // size)
            answers = [searcher.search("lamp", page=p + 1, size=size, sort=sort)
                       for p in range(pages)]  # fmt: skip
            orders.append([hit.element for answer in answers for hit in answer.hits])
        assert orders[0] == orders[1] == orders[2]
        assert len(set(orders[0])) == total
    close(archive)


def test_equal_scores_go_by_the_number_of_the_speech_wherever_the_index_has_them() -> None:
    class Index:
        """Answers with equal scores in an order of its own, as after a merge of segments."""

        def search(self, *_: object, limit: int, offset: int, **__: object) -> SimpleNamespace:
            hits = [(1.0, n) for n in reversed(range(30))]
            return SimpleNamespace(count=30, hits=hits[offset : offset + limit])

        def fast_field_values(self, _: str, places: list[int]) -> list[int]:
            return places

    searcher = Searcher.__new__(Searcher)
    searcher._searcher = Index()
    total, ranked = searcher._ranked(None, 10, 10, "relevance")
    assert (total, [row.element for row in ranked]) == (30, list(range(10, 20)))


def test_meaning_finds_what_other_languages_say(searcher: Searcher) -> None:
    answer = searcher.search("blind sailors hear signals in the fog", mode="meaning", size=6)
    assert {hit.language for hit in answer.hits if hit.turn_number == 14} >= set(LANGUAGES) - {"fr"}


def test_meaning_keeps_to_the_fields(searcher: Searcher) -> None:
    for mode in ("meaning", "both"):
        answer = searcher.search(
            "blind sailors hear signals in the fog language:zh", mode=mode
        )  # fmt: skip
        assert answer.hits[0].turn_number == 14
        assert {hit.language for hit in answer.hits} == {"zh"}


def test_vectors_go_on_where_they_were_interrupted(tmp_path: Path, specimens: Path) -> None:
    archive = open_archive(tmp_path / "archive")
    archive.add([specimens])
    indexes = archive.indexes

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        indexes.make_vectors(stop)
    left = len(indexes.without_vectors())
    assert 0 < left <= 6
    indexes.make_vectors()
    assert indexes.without_vectors() == []
    again = archive.verify()
    assert again.vectors == _sentences(archive)
    archive.remove("S/PV.99902/en")
    answer = archive.searcher().search("blind sailors in the fog", mode="meaning", size=50)
    assert "en" not in {hit.language for hit in answer.hits}
    assert answer.total == len(answer.hits)
    close(archive)


def _sentences(archive: Archive) -> int:
    from mahdar.analysis.stretches import stretches
    from mahdar.archive.rows import element_rows

    return sum(
        len(
            list(
                stretches(
                    [(p.paragraph_number, p.text) for p in speech.paragraphs], record.language
                )
            )
        )
        for record in archive.records()
        for speech in element_rows(record)
        if speech.kind == "turn"
    )


def test_the_questions_of_the_truth(
    everything: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    searcher = everything.searcher()
    have = held(everything)
    recalls: dict[str, list[float]] = {"words": [], "meaning": []}
    missed = []
    for question in questions():
        if not all(address.split("#")[0] in have for address in question.right):
            continue
        outcome = ask(searcher, question)
        recalls[question.mode].append(outcome.recall)
        missed += [f"{question.text}: {address}" for address in outcome.missed]
    with capsys.disabled():
        for mode, values in recalls.items():
            print(
                f"\n{mode}: recall at 10 of {sum(values) / len(values):.3f} ({len(values)})", end=""
            )
        print(f"; missed {len(missed)}")
    assert sum(recalls["words"]) / len(recalls["words"]) >= 0.95
    assert sum(recalls["meaning"]) / len(recalls["meaning"]) >= 0.80


def test_a_word_is_marked_with_what_is_written_together_with_it() -> None:
    text = "مع الاهتمام بزواج الأطفال"
    marked = Marker([Word("زواج", 0)], "ar").mark(text)
    assert [text[a:b] for a, b in marked.marks] == ["بزواج"]
    phrase = Marker([Phrase("زواج الأطفال", 0)], "ar").mark(text)
    assert [text[a:b] for a, b in phrase.marks] == ["بزواج الأطفال"]


def test_of_names_in_another_script_those_most_alike_are_meant(tmp_path: Path) -> None:
    said = [("RUS", "Чуркин", "Один."), ("BGR", "Чирпан", "Два."), ("FRA", "Dupont", "Three.")]
    archive = open_archive(tmp_path / "archive")
    archive.add([write_record(record(1, "2001-01-05", said, "ru"), tmp_path / "1.json")])
    hits = archive.searcher().search("speaker:Churkin").hits
    assert [hit.person for hit in hits] == ["Чуркин"]
    close(archive)
