"""Country tables: one quoted row for each country, and three kinds of nothing kept apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from assistant.answers import Cell, Excerpt, Row
from assistant.countrytables import Table, read_tables
from assistant.matrix import Found, compare_countries, number_cells
from assistant.retrieve import Asked
from corpus.documents import Document, Page
from corpus.library import Library
from corpus.terms import country_of
from tests.fakes import add_report
from tests.stand_ins import make_document

TABLE = """Annex 1. Measures by country
Table 1: Measures in six countries
Country Joint inspections
Sectors inspected first
Austria (AT) Yes Construction, hotels and restaurants Belgium (BE) Yes Police
Italy (IT) No such measure
Malta (MT) Did not take part
Did not take part
Greece (EL) Yes Agriculture
The text goes on after the table. Norway (NO) is named in it."""


def tables_in(library: Library) -> Callable[[Document], Sequence[Table]]:
    return lambda document: read_tables(document, library.pages(document.sha256))


def ask(question: str) -> Asked:
    """A question that no table is near by its vector."""
    return Asked(question, np.zeros(1, np.float32))


def found(library: Library, question: str, participants: tuple[str, ...] = ()) -> Found | None:
    document = make_document("annex", title="Inspections at work")
    described = Document(document.slug, document.sha256, document.title, participants=participants)
    add_report(library, described, [TABLE])
    return compare_countries(ask(question), [described], tables_in(library), lambda stem: 1.0)


def words(library: Library, excerpt: Excerpt) -> str:
    pages = {page.number: page for page in library.pages(excerpt.document.sha256)}
    return " ".join(_cut(pages[part.page], part.start, part.end) for part in excerpt.parts)


def _cut(page: Page, start: int, end: int) -> str:
    return page.text[start:end]


def cells(rows: Sequence[Row]) -> dict[str, Cell]:
    return {row.country: row.cells[0] for row in rows}


def test_each_country_that_is_named_gets_its_own_row_of_the_table(library: Library) -> None:
    answer = found(library, "Compare joint inspections in Austria, Italy and Greece")
    assert answer is not None
    quoted = {row.country: words(library, answer.excerpts[(row.cells[0].citation or 0) - 1]) for row in answer.rows}
    assert quoted == {
        "Austria": "Austria (AT) Yes Construction, hotels and restaurants",
        "Italy": "Italy (IT) No such measure",
        "Greece": "Greece (EL) Yes Agriculture",
    }


def test_what_the_columns_are_is_quoted_first(library: Library) -> None:
    answer = found(library, "Joint inspections in Austria?")
    assert answer is not None
    assert words(library, answer.excerpts[0]).endswith("Sectors inspected first")


def test_three_kinds_of_nothing_are_kept_apart(library: Library) -> None:
    question = "Compare joint inspections in Italy, Malta, Norway and Spain"
    answer = found(library, question, participants=("AT", "BE", "ES", "GR", "IT"))
    assert answer is not None
    states = {country: (cell.state, cell.citation is not None) for country, cell in cells(answer.rows).items()}
    assert states == {
        "Italy": ("no-such-measure", True),
        "Malta": ("did-not-take-part", True),
        "Norway": ("did-not-take-part", False),
        "Spain": ("not-found", False),
    }


def test_where_it_is_not_known_who_took_part_nobody_is_said_to_have_stayed_away(library: Library) -> None:
    answer = found(library, "Compare joint inspections in Austria and Norway")
    assert answer is not None
    assert cells(answer.rows)["Norway"].state == "not-found"


def test_a_question_about_all_countries_gets_every_row(library: Library) -> None:
    answer = found(library, "Which countries have joint inspections?")
    assert answer is not None
    assert [row.code for row in answer.rows] == ["AT", "BE", "IT", "MT", "GR"]


def test_a_question_that_names_no_country_and_asks_for_none_gets_no_table(library: Library) -> None:
    assert found(library, "Why do joint inspections matter?") is None


def test_a_cell_is_judged_by_the_column_that_is_asked_for(library: Library) -> None:
    head = "Country\tJoint inspections\tOnline unit in the police\n"
    rows = ("Austria (AT)\tYes\tNo such measure", "Belgium (BE)\tYes\t", "Italy (IT)\tYes\tYes", "Spain (ES)\tYes\tYes")
    document = make_document("columns", title="At work")
    add_report(library, document, ["Table 1: Measures\n" + head + "\n".join(rows)])
    question = "Which countries have an online unit in the police?"
    answer = compare_countries(ask(question), [document], tables_in(library), lambda _: 1.0)
    assert answer is not None
    states = {country: cell.state for country, cell in cells(answer.rows).items()}
    assert states == {"Austria": "no-such-measure", "Belgium": "not-found", "Italy": "said", "Spain": "said"}


def test_a_table_goes_on_where_its_column_heads_stand_again_on_the_next_page(library: Library) -> None:
    head = "Country\tJoint inspections\n"
    pages = [
        f"Table 1: Measures\n{head}Austria (AT)\tYes\nBelgium (BE)\tYes\nItaly (IT)\tYes",
        f"{head}Spain (ES)\tNo\nThe text goes on after the table, and names Norway (NO) again.",
    ]
    document = make_document("two-pages", title="At work")
    add_report(library, document, pages)
    answer = compare_countries(
        ask("Which countries have joint inspections?"), [document], tables_in(library), lambda _: 1.0
    )
    assert answer is not None
    assert [row.code for row in answer.rows] == ["AT", "BE", "IT", "ES"]


def test_a_figure_is_not_looked_for_in_a_table_without_figures(library: Library) -> None:
    assert found(library, "How many joint inspections took place in Austria?") is None


def test_a_table_about_something_else_is_not_shown(library: Library) -> None:
    assert found(library, "How old are guardians of unaccompanied children in Austria?") is None


def test_a_cell_counts_the_citations_of_the_answer(library: Library) -> None:
    answer = found(library, "Joint inspections in Austria?")
    assert answer is not None
    (row,) = number_cells(answer.rows, [4, 7])
    assert row.cells[0].citation == 7


def test_a_country_is_known_by_the_codes_of_eu_documents() -> None:
    assert [country and country.name for country in map(country_of, ("EL", "UK", "ZZ"))] == [
        "Greece", "United Kingdom", None
    ]  # fmt: skip


NAMES = """Tableau 2 : Tutelle et suivi dans quatre pays
Pays\tTuteur sous\tSuivi
Allemagne\t3 jours\tOui
Grèce\t30 jours\tNon
Irlande\t2 jours\tOui
Suède\tn’a pas participé\tn’a pas participé"""


def test_a_table_in_another_language_and_without_codes_is_read_by_its_names(library: Library) -> None:
    document = make_document("tutelle", title="Tutelle")
    french = Document(document.slug, document.sha256, document.title, language="fr")
    add_report(library, french, [NAMES])
    (table,) = tables_in(library)(french)
    assert [line.code for line in table.lines] == ["DE", "GR", "IE", "SE"]
    compared = compare_countries(
        ask("Suivi in Germany, Greece and Sweden?"), [french], lambda _: [table], lambda stem: 1.0
    )
    assert compared is not None
    states = [cell.state for cell in cells(compared.rows).values()]
    assert states == ["said", "no-such-measure", "did-not-take-part"]


def test_a_code_within_a_cell_begins_no_row(library: Library) -> None:
    text = NAMES.replace("30 jours", "30 jours, FR exceptée").replace("2 jours", "IE 2 jours")
    document = make_document("tutelle", title="Tutelle")
    french = Document(document.slug, document.sha256, document.title, language="fr")
    add_report(library, french, [text])
    (table,) = tables_in(library)(french)
    assert [line.code for line in table.lines] == ["DE", "GR", "IE", "SE"]


YEARS = """Table 1: Figures by country
Country\tPeriod\tPopulation\tFigure
Belgium\t2018\tVictims who received assistance\t139
Italy\t2016\tVictims in protection programmes\t1 172
Netherlands\t2014\tRegistered possible victims\t1 256
Netherlands\t2017\tRegistered possible victims\t958
Sweden\t2021\tPotential victims\t481"""


def compare(library: Library, question: str, *, doubted: bool = False) -> Found | None:
    document = make_document("figures", title="Figures")
    other = make_document("other", title="Other things")
    add_report(library, document, [YEARS])
    add_report(library, other, ["Nothing here."])
    shelf = tables_in(library)
    return compare_countries(ask(question), [document, other], shelf, lambda _: 1.0, doubted=doubted)


def test_all_rows_that_a_country_has_for_several_years_are_quoted_together(library: Library) -> None:
    answer = compare(library, "Figures on registered possible victims in the Netherlands")
    assert answer is not None
    quoted = words(library, answer.excerpts[(answer.rows[0].cells[0].citation or 0) - 1])
    assert [row.split("\t")[-1] for row in quoted.splitlines()] == ["1 256", "958"]


def test_where_nothing_else_answers_a_table_without_the_year_asked_about_is_not_shown(library: Library) -> None:
    assert compare(library, "Population and figure for Sweden in 2021", doubted=True) is not None
    assert compare(library, "Population and figure for Sweden in 2019", doubted=True) is None


def test_a_table_goes_on_below_the_notes_of_its_first_page(library: Library) -> None:
    head = "Country\tQuestion 1\tQuestion 2\n"
    pages = [
        f"Table 1: Answers\n{head}Austria\tS\tI\nSome source of a note, seen in 2024, as in the note before this.",
        f"{head}Belgium\t–\tS\nItaly\tS\tI\nSpain\tI\tI\n5. Answers by country\nNorway (NO)\nIn Norway it is so.",
    ]
    document = make_document("query", title="Query")
    add_report(library, document, pages)
    answer = compare_countries(ask("Question 1 in Belgium and Italy"), [document], tables_in(library), lambda _: 1.0)
    assert answer is not None
    assert [(row.code, row.cells[0].state) for row in answer.rows] == [("BE", "not-found"), ("IT", "said")]


def test_a_column_named_in_another_form_of_its_words_is_found(library: Library) -> None:
    head = "Country\tSafe complaint\tTraining\n"
    rows = ("Austria\tNo\tYes", "Belgium\tYes\tYes", "Italy\tYes\tNo", "Spain\tYes\tYes")
    document, other = make_document("inform", title="At work"), make_document("other", title="Other")
    add_report(library, document, ["Table 1: Protection\n" + head + "\n".join(rows)])
    question = ask("Can workers complain safely about their employers in Austria?")
    assert compare_countries(question, [document, other], lambda one: [], lambda _: 1.0) is None
    shelf = {document.sha256: tables_in(library)(document), other.sha256: []}
    answer = compare_countries(question, [document, other], lambda one: shelf[one.sha256], lambda _: 1.0)
    assert answer is not None
    assert answer.rows[0].cells[0].state == "no-such-measure"


def test_a_column_is_known_by_its_vector_where_no_word_of_it_is_asked_for(library: Library) -> None:
    head = "Country\tJoint visits\tOnline unit\n"
    rows = ("Austria\tYes\tNo", "Belgium\tYes\tYes", "Italy\tYes\tNo", "Spain\tYes\tYes")
    document, other = make_document("unit", title="At work"), make_document("other", title="Other")
    add_report(library, document, ["Table 1: Measures\n" + head + "\n".join(rows)])
    (table,) = tables_in(library)(document)
    near = np.eye(3, dtype=np.float32)
    shelf = {document.sha256: [replace(table, head_vectors=near, column_vectors=near)], other.sha256: []}
    question = "Has Austria a squad for crime on the internet?"
    answer = compare_countries(
        Asked(question, near[2]), [document, other], lambda one: shelf[one.sha256], lambda _: 1.0
    )
    assert answer is not None
    assert answer.rows[0].cells[0].state == "no-such-measure"
    nothing = Asked(question, np.zeros(3, np.float32))
    assert compare_countries(nothing, [document, other], lambda one: shelf[one.sha256], lambda _: 1.0) is None
