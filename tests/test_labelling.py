"""What stands in a report and tells nothing is no sentence of an answer: its name, rows of codes."""

from __future__ import annotations

from pathlib import Path

from assistant.answers import Answer, Question
from assistant.ask import Assistant
from corpus.documents import Filters
from corpus.index import CurrentIndex
from corpus.library import Library
from ingest.add import Desk, add_file
from ingest.describe import Given
from ingest.rebuild import catch_up
from tests.conftest import Ask
from tests.stand_ins import WordEmbedder, judge_by_words

SCREENED = "Estonia screens victims before any forced return."
TABLE = """Table 1: Joint inspections in five countries
Country Joint inspections
Sectors inspected first
Austria (AT) Yes Construction, hotels and restaurants
Belgium (BE) Yes Police
Italy (IT) No such measure
Malta (MT) Did not take part
Greece (EL) Yes Agriculture"""


def said(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def test_a_row_of_names_and_codes_is_no_sentence_of_an_answer_that_asks_for_no_code(ask: Ask) -> None:
    answer = ask([f"{SCREENED}\n\nEstonia EE EE et\n\nEstonia EST yes no"], "Does Estonia screen victims?")
    assert said(answer) == [SCREENED]


def test_the_name_of_a_report_is_said_where_it_is_asked_for_alone(ask: Ask) -> None:
    text = "The findings of this flash are few: shelters are full."
    answer = ask([text], "What are the findings of EMN Flash #1 of 2021?")
    assert text in said(answer)
    assert "EMN Flash #1 - 2021" not in said(answer)


def test_a_report_says_how_it_is_numbered(ask: Ask) -> None:
    answer = ask(["Shelters are numbered."], "How is EMN Flash #1 numbered?")
    assert "EMN Flash #1 - 2021" in said(answer)


def test_what_a_table_and_its_columns_are_called_stands_above_its_rows_and_is_no_sentence(ask: Ask) -> None:
    answer = ask([TABLE.replace("\n", "\n\n")], "Which countries have joint inspections?")
    cells = [cell for row in answer.table for cell in row.cells]
    assert cells
    called = {citation.quote for citation in answer.citations if citation.number in {cell.heads for cell in cells}}
    assert [words.partition("\n")[0] for words in called] == ["Table 1: Joint inspections in five countries"]
    assert not called & set(said(answer))
    assert "Italy (IT) No such measure" in said(answer)


def test_an_abbreviation_that_nothing_spells_out_is_not_told(ask: Ask) -> None:
    text = "EUROPOL helps the police. Nobody can stand for another in what EUROPOL does."
    answer = ask([text], "What does EUROPOL stand for?")
    assert not answer.answered
    assert answer.abstention is not None
    assert "says what “EUROPOL” stands for" in answer.abstention.reason


def test_a_country_that_the_search_is_limited_to_holds_as_one_that_is_asked_about(
    tmp_path: Path, desk: Desk, library: Library, embedder: WordEmbedder
) -> None:
    path = tmp_path / "shelters.txt"
    own = "Finland keeps guests in shelters for ten weeks."
    path.write_text(f"Shelters\n\n{own}\n\nIreland keeps guests in shelters for two weeks.\n", encoding="utf-8")
    add_file(path, Given(participants=("FI", "IE")), desk, lambda page, pages: None)
    catch_up(desk, lambda words: None)
    assistant = Assistant(library, CurrentIndex(desk.home), embedder, judge=judge_by_words)
    asked = "Who keeps guests in shelters?"
    *_, limited = assistant.ask(Question(asked, filters=Filters(countries=("FI",))))
    assert (said(limited), limited.added, limited.understood_as) == ([own], ("Finland",), asked)
    *_, free = assistant.ask(Question(asked))
    assert len(said(free)) == 2
