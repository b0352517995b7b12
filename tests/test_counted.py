"""Whether a draft's figure counts what a page's does: its group, its country, its year."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.bounds import meets, read_bound
from assistant.counted import Told, counts_the_same
from assistant.mentioned import Mention
from tests.stand_ins import make_document

SHARES = (
    "In 2023 women were 63 % of registered victims in Austria, while men were 24 % of suspects and 21 % of those "
    "convicted."
)
TABLE = "2022 2023 2024\nSuspects 8 064 8 471 7 966"


def told(sentence: str, number: str, before: str = "", about: str = "") -> Told:
    start = sentence.index(number)
    return Told(sentence, start, start + len(number), before, about)


@pytest.mark.parametrize(
    ("draft", "number", "same"),
    [
        ("63 % of the victims were women.", "63", True),
        ("63 % of the victims were men.", "63", False),
        ("63 % of the victims in Austria in 2023 were female.", "63", True),
        ("63 % of the victims in Austria in 2022 were female.", "63", False),
        ("63 % of the victims in Belgium were female.", "63", False),
        ("Men were 24 % of suspects.", "24", True),
        ("Women were 24 % of suspects.", "24", False),
        ("Men were 21 % of those convicted.", "21", True),
        ("Men were 21 % of suspects.", "21", False),
        ("Children were 21 % of those convicted.", "21", False),
        ("21 % were so.", "21", True),
    ],
)
def test_a_figure_belongs_to_the_group_of_its_clause(draft: str, number: str, same: bool) -> None:
    assert counts_the_same(told(draft, number), told(SHARES, number)) is same


def test_a_sentence_that_goes_on_has_the_group_of_the_one_before() -> None:
    draft = told("Of the children, 30 % were alone.", "30")
    before = "Children were heard in court. "
    assert counts_the_same(draft, told("They were alone in 30 % of cases.", "30", before))
    assert not counts_the_same(draft, told("Victims were alone in 30 % of cases.", "30", before))


def test_a_figure_of_a_table_has_the_year_that_heads_its_column() -> None:
    head, row = TABLE.split("\n")
    assert counts_the_same(told("There were 8 471 suspects in 2023.", "8 471"), told(row, "8 471", f"{head}\n"))
    assert not counts_the_same(told("There were 8 471 suspects in 2022.", "8 471"), told(row, "8 471", f"{head}\n"))


def test_a_report_on_one_country_need_not_name_it_in_each_sentence() -> None:
    draft = told("In Austria there were 30 cases.", "30")
    assert counts_the_same(draft, told("There were 30 cases.", "30", about="Trafficking in Austria"))
    assert not counts_the_same(draft, told("There were 30 cases.", "30", about="Trafficking in Belgium"))


WORDS = ["women", "men", "children", "2021", "2022", "Austria", "Belgium", "40 %", "50", "and", ",", "suspects", "of"]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.lists(st.sampled_from(WORDS), max_size=12))
def test_every_figure_counts_what_it_counts_itself(before: list[str], behind: list[str]) -> None:
    sentence = " ".join([*before, "64", *behind])
    places = [match.start() for match in re.finditer(r"\b64\b", sentence)]
    one = Told(sentence, places[0], places[0] + 2)
    assert counts_the_same(one, one)


@pytest.mark.parametrize(
    ("numbers", "ambiguous"), [(("1",), False), (("1", "1"), False), (("1", "2"), True), ((None, None), True)]
)
def test_a_reference_that_fits_several_reports_is_ambiguous(
    numbers: tuple[str | None, ...], *, ambiguous: bool
) -> None:
    documents = tuple(replace(make_document("a", 2022), number=number) for number in numbers)
    assert Mention("", 0, 0, documents=documents).is_ambiguous is ambiguous


@given(st.sampled_from(["", "at least ", "up to ", "just over ", "more than ", "nearly ", "fewer than ", "about "]))
def test_the_same_bound_is_always_met(words: str) -> None:
    bound = read_bound(f"There were {words}")
    assert meets(bound, bound)
    assert meets(bound, "")
    assert meets("", bound) is (bound not in ("above", "below", "just above"))
