"""Answers: the reports' own sentences, each proven on its page, or a plain word on what is missing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from assistant.answers import Answer, Question
from assistant.ask import Assistant
from assistant.links import parse_link, resolve_link
from assistant.verify import is_proven
from corpus.documents import Filters, Part
from corpus.errors import Fault, NotFound, TooLarge, WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from corpus.terms import find_country_codes
from ingest.add import Desk
from ingest.rebuild import catch_up
from tests.stand_ins import WordEmbedder, judge_by_words, make_desk


def ask(assistant: Assistant, text: str, **filters: object) -> Answer:
    *_, answer = assistant.ask(Question(text, filters=Filters(**filters)))  # type: ignore[arg-type]
    return answer


def test_an_answer_is_made_of_sentences_that_stand_on_their_pages(assistant: Assistant, library: Library) -> None:
    answer = ask(assistant, "How many days does the reflection period give victims?")
    assert answer.sentences
    for sentence, citation in zip(answer.sentences, answer.citations, strict=True):
        assert (sentence.status, sentence.text) == ("verbatim", citation.quote)
        for part in citation.parts:
            page = library.page(citation.document.sha256, part.page)
            assert page.text[part.start : part.end] == part.quote


def test_the_sentence_that_answers_is_among_them(assistant: Assistant) -> None:
    answer = ask(assistant, "Which regions do the measures target?")
    assert any("the Sahel, the Horn of Africa" in sentence.text for sentence in answer.sentences)


def test_a_filter_by_year_never_answers_from_another_year(assistant: Assistant) -> None:
    answer = ask(assistant, "How many days is the reflection period?", years=(2022, 2022))
    assert {citation.document.year for citation in answer.citations} == {2022}
    assert any("30 days" in sentence.text for sentence in answer.sentences)


def test_the_same_words_in_two_reports_are_said_once(assistant: Assistant) -> None:
    answer = ask(assistant, "Which regions do the measures target?")
    assert len({sentence.text for sentence in answer.sentences}) == len(answer.sentences)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many victims did Hungary register in 2023?", ("Hungary",)),
        ("How many victims did Slovakia register in 2019?", ("2019",)),
        ("How many victims did Hungary register in 2019?", ("Hungary", "2019")),
    ],
)
def test_what_the_reports_do_not_speak_of_is_named(
    assistant: Assistant, question: str, missing: tuple[str, ...]
) -> None:
    answer = ask(assistant, question)
    assert not answer.answered
    assert answer.abstention is not None
    assert (answer.abstention.kind, answer.abstention.missing) == ("not-in-library", missing)
    assert (answer.abstention.documents, answer.abstention.passages > 0) == (2, True)
    assert answer.abstention.nearest


def test_a_question_about_something_else_is_not_answered(assistant: Assistant) -> None:
    answer = ask(assistant, "Who baked sourdough bread?")
    assert answer.abstention is not None


def test_a_sentence_that_breaks_off_is_no_answer(assistant: Assistant) -> None:
    answer = ask(assistant, "Which countries are reviewing their policies to strengthen identification?")
    assert not any("certain groups of" in sentence.text for sentence in answer.sentences)


def test_an_empty_library_says_so(library: Library, tmp_path: Path, embedder: WordEmbedder) -> None:
    answer = ask(Assistant(library, CurrentIndex(tmp_path / "home"), embedder, judge=judge_by_words), "Anything?")
    assert answer.abstention is not None
    assert answer.abstention.kind == "empty-library"


def test_filters_that_nothing_passes_are_named_as_the_reason(assistant: Assistant) -> None:
    answer = ask(assistant, "Which regions are targeted?", series=("No such series",))
    assert answer.abstention is not None
    assert "filters" in answer.abstention.reason


@pytest.mark.parametrize("text", ["", "   ", "?!", "\u200b", "why \udcff", "why \x00"])
def test_a_question_without_words_is_refused(assistant: Assistant, text: str) -> None:
    with pytest.raises(WrongUse, match="empty|no text"):
        ask(assistant, text)


def test_a_question_without_end_is_refused_before_any_work(assistant: Assistant, embedder: WordEmbedder) -> None:
    embedder.encoded.clear()
    with pytest.raises(TooLarge, match="100,000 characters"):
        ask(assistant, "a" * 100_000)
    assert embedder.encoded == []


def test_an_index_of_another_embedder_is_never_searched(assistant: Assistant, library: Library, desk: Desk) -> None:
    other = Assistant(library, CurrentIndex(desk.home), WordEmbedder(name="another"))
    with pytest.raises(Fault, match="another embedder"):
        ask(other, "Which regions are targeted?")


def test_an_answer_grows_and_every_step_is_timed(assistant: Assistant) -> None:
    first, *_, last = assistant.ask(Question("Which regions do the measures target?"))
    assert (first.sentences, first.abstention, len(first.considered) > 0) == ((), None, True)
    assert [name for name, _ in last.timings] == ["understand", "retrieve", "answer", "verify", "total"]


def test_a_link_is_resolved_to_the_same_words(assistant: Assistant, library: Library) -> None:
    for citation in ask(assistant, "Which regions do the measures target?").citations:
        assert resolve_link(library, citation.link).citation.parts == citation.parts
        assert resolve_link(library, f"http://127.0.0.1:7860/c/{citation.link}").citation.parts == citation.parts


def test_a_link_outlives_another_splitting_and_the_loss_of_the_index(
    assistant: Assistant, desk: Desk, library: Library, embedder: WordEmbedder
) -> None:
    (citation, *_) = ask(assistant, "Which regions do the measures target?").citations
    catch_up(make_desk(desk.home, library, embedder, pieces=12), lambda words: None)
    (desk.home / "index" / "CURRENT").unlink()
    assert resolve_link(library, citation.link).citation.quote == citation.quote


def test_a_link_to_a_removed_report_still_shows_its_words(assistant: Assistant, library: Library) -> None:
    (citation, *_) = ask(assistant, "Which regions do the measures target?").citations
    library.remove(citation.document.slug)
    resolved = resolve_link(library, citation.link)
    assert (resolved.citation.quote, resolved.edition.state) == (citation.quote, "removed")


def test_a_link_is_never_compared_by_its_slug(assistant: Assistant, library: Library) -> None:
    (citation, *_) = ask(assistant, "Which regions do the measures target?").citations
    renamed = "another-name/" + citation.link.partition("/")[2]
    assert resolve_link(library, renamed).citation.quote == citation.quote


@pytest.mark.parametrize("text", ["", "hello", "a/b/c/d", "slug/3fa94c01/p0/9f31c2ab77d0", "../../etc/passwd"])
def test_what_is_no_link_is_refused_in_words(library: Library, text: str) -> None:
    with pytest.raises(WrongUse, match="no link"):
        parse_link(text)


def test_an_unknown_link_is_said_in_words(library: Library) -> None:
    with pytest.raises(NotFound, match="nothing in this library"):
        resolve_link(library, "flash/3fa94c01/p1/9f31c2ab77d0")


def test_a_passage_that_has_slipped_from_its_page_is_never_quoted(assistant: Assistant, library: Library) -> None:
    for document in library.documents():
        moved = [
            dataclasses.replace(passage, parts=tuple(Part(p.page, p.start + 7, p.end + 7) for p in passage.parts))
            for passage in library.passages(document.sha256)
        ]
        library.replace_passages(document.sha256, moved, {}, embedder="e", split="s")
    answer = ask(assistant, "Which regions do the measures target?")
    assert answer.considered
    assert (answer.sentences, answer.citations) == ((), ())
    assert answer.abstention is not None


def test_capitals_are_words_and_not_codes_of_countries() -> None:
    assert find_country_codes("TRAFFICKING IN HUMAN BEINGS\nNO SUCH THING") == set()
    assert find_country_codes("Most MS use AI tools on TV.") == set()
    assert find_country_codes("reported by BE, EL and UK; see Slovakia") == {"BE", "GR", "GB", "SK"}


def test_a_citation_with_one_letter_changed_is_not_proven(assistant: Assistant, library: Library) -> None:
    (citation, *_) = ask(assistant, "Which regions do the measures target?").citations
    (part,) = citation.parts
    forged = dataclasses.replace(part, quote=part.quote.replace("Africa", "Asia"))
    moved = dataclasses.replace(part, start=part.start + 1, end=part.end + 1)
    assert is_proven(citation, library.page)
    assert not is_proven(dataclasses.replace(citation, parts=(forged,)), library.page)
    assert not is_proven(dataclasses.replace(citation, parts=(moved,)), library.page)
    assert not is_proven(dataclasses.replace(citation, link=citation.link[:-1] + "x"), library.page)
    assert not is_proven(dataclasses.replace(citation, parts=()), library.page)
