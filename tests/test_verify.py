"""Proof: a true quote is known however it was laid out, and a changed one is caught, with what was changed."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.differences import NUMBER_WORDS, Difference
from assistant.verify import ReadPages, Verdict, check_quote
from corpus.documents import Page
from corpus.sentences import sentence_spans
from corpus.terms import find_countries
from tests.stand_ins import ROOT, make_page


def read_source(name: str) -> str:
    """The running text of a sample report, a paragraph a line, without what only Markdown needs."""
    text = (ROOT / "corpus" / "sample" / "sources" / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    text = re.sub(r"^\[\^.*$|^[|:].*$|\[\^\w+\]|\*\*|^#+ |^- ", "", text, flags=re.M)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)|<http[^>]*>", r"\1", text)


REPORTS = {
    name: read_source(name)
    for name in ("sample-flash-2022-2", "sample-flash-2025-2", "sample-flash-2026-1", "sample-inform-2023-1")
}
PAGES = {name: ReadPages([make_page(text)]) for name, text in REPORTS.items()}
SENTENCES = [
    (name, text[span.start : span.end])
    for name, text in REPORTS.items()
    for span in sentence_spans(text)
    if len(text[span.start : span.end].split()) >= 6
]


def named_in(sentence: str) -> list[str]:
    return [country.name for country in find_countries(sentence) if country.name in sentence]


COUNTRIES = ("Hungary", "Peru", "Slovakia", "Norway")
sentences = st.sampled_from(SENTENCES)


def check(quote: str, name: str) -> Verdict:
    return check_quote(quote, PAGES[name])


def kinds(verdict: Verdict) -> set[str]:
    return {difference.kind for match in verdict.matches for difference in match.differences}


def draw_match(data: st.DataObject, matches: list[re.Match[str]]) -> re.Match[str]:
    assume(matches)
    return data.draw(st.sampled_from(matches))


def words_where(sentence: str, wanted: str) -> list[re.Match[str]]:
    return list(re.finditer(wanted, sentence))


@given(sentences)
def test_every_true_sentence_is_verbatim_and_found_to_the_letter(case: tuple[str, str]) -> None:
    name, sentence = case
    verdict = check(sentence, name)
    assert verdict.kind == "verbatim"
    places = [REPORTS[name][match.parts[0].start : match.parts[-1].end] for match in verdict.matches]
    assert sentence in places


@settings(max_examples=150)
@given(sentences, st.data())
def test_a_negation_put_in_is_caught_and_named(case: tuple[str, str], data: st.DataObject) -> None:
    name, sentence = case
    gap = draw_match(data, words_where(sentence, r"(?<=[a-z]) (?=[a-z])"))
    verdict = check(f"{sentence[: gap.start()]} not {sentence[gap.end() :]}", name)
    assert (verdict.kind, kinds(verdict)) == ("altered", {"negation"})


NEGATED = re.compile(r"\b(?:not|never|none|nor|neither|without|cannot) ")


@pytest.mark.parametrize(("name", "sentence"), [case for case in SENTENCES if NEGATED.search(case[1])])
def test_a_negation_taken_out_is_caught_and_named(name: str, sentence: str) -> None:
    verdict = check(NEGATED.sub("", sentence, count=1), name)
    assert verdict.kind == "altered"
    assert "negation" in kinds(verdict)


@settings(max_examples=150)
@given(sentences, st.data(), st.integers(1, 9))
def test_a_digit_changed_is_caught_and_named(case: tuple[str, str], data: st.DataObject, by: int) -> None:
    name, sentence = case
    digit = draw_match(data, words_where(sentence, r"\d"))
    changed = str((int(digit.group()) + by) % 10)
    verdict = check(sentence[: digit.start()] + changed + sentence[digit.end() :], name)
    assert verdict.kind == "altered"
    assert "number" in kinds(verdict)


@settings(max_examples=150)
@given(st.sampled_from([case for case in SENTENCES if named_in(case[1])]), st.data(), st.sampled_from(COUNTRIES))
def test_a_country_swapped_is_caught_and_named(case: tuple[str, str], data: st.DataObject, other: str) -> None:
    name, sentence = case
    country = data.draw(st.sampled_from(named_in(sentence)))
    assume(country != other)
    verdict = check(sentence.replace(country, other, 1), name)
    assert verdict.kind == "altered"
    assert "name" in kinds(verdict)


@settings(max_examples=150)
@given(sentences, st.data(), st.sampled_from(["Europol", "Kowalski", "UNODC"]))
def test_a_name_swapped_is_caught_and_named(case: tuple[str, str], data: st.DataObject, other: str) -> None:
    name, sentence = case
    names = words_where(sentence, r"(?<=[a-z,] )[A-Z]\w+\b(?![’'-])")
    found = draw_match(data, names)
    assume(found.group() != other)
    verdict = check(sentence[: found.start()] + other + sentence[found.end() :], name)
    assert verdict.kind == "altered"
    assert "name" in kinds(verdict)


@settings(max_examples=150)
@given(sentences, st.data())
def test_a_word_dropped_within_a_sentence_is_caught(case: tuple[str, str], data: st.DataObject) -> None:
    name, sentence = case
    words = sentence.split()
    place = data.draw(st.integers(1, len(words) - 2))
    assume(any(character.isalnum() for character in words[place]) and words[place] != words[place - 1])
    assume(words[place] != words[place + 1])
    verdict = check(" ".join(words[:place] + words[place + 1 :]), name)
    assert verdict.kind == "altered"
    assert any(match.differences for match in verdict.matches)


@settings(max_examples=150)
@given(sentences, sentences)
def test_two_sentences_spliced_are_caught(one: tuple[str, str], other: tuple[str, str]) -> None:
    first, second = one[1].split(), other[1].split()
    spliced = " ".join(first[: len(first) // 2] + second[len(second) // 2 :])
    assume(one[1] != other[1] and not any(spliced in " ".join(text.split()) for text in REPORTS.values()))
    assert check(spliced, one[0]).kind != "verbatim"


@settings(max_examples=150)
@given(sentences, st.sampled_from(sorted(REPORTS)))
def test_a_sentence_moved_to_another_document_is_caught(case: tuple[str, str], elsewhere: str) -> None:
    assume(case[1] not in REPORTS[elsewhere])
    assert check(case[1], elsewhere).kind != "verbatim"


def lay_out(text: str, chance: random.Random) -> str:
    """A text as another layout has it: lines broken, words hyphenated, ligatures, other marks, notes, soft hyphens."""
    laid = []
    for word in re.split(r"( )", text):
        noise = chance.random()
        if word == " ":
            word = chance.choice([" ", " ", "\n", "  ", "\u00a0"])
        elif noise < 0.1 and re.fullmatch(r"[a-z]{6,}", word):
            cut = chance.randrange(2, len(word) - 2)
            word = word[:cut] + chance.choice(["-\n", "\u2010\n", "\u00ad", "\u00ad\n", "- "]) + word[cut:]
        elif noise < 0.2:
            word = word.replace("fi", "\ufb01").replace("ff", "\ufb00")
        elif noise < 0.25 and re.fullmatch(r"[a-z]{5,}[.,]?", word):
            word += chance.choice(["\u00b2", "[4]", "\u00b9\u00b2"])
        laid.append(word)
    marks = str.maketrans({"\u2019": chance.choice("'\u2019"), "-": chance.choice("-\u2010\u2011"), "\u201c": '"'})
    return "".join(laid).translate(marks | {ord("\u201d"): chance.choice(['"', "\u201d", "\u00bb"])})


@settings(max_examples=400)
@given(sentences, st.integers(0, 2**32))
def test_layout_alone_changes_no_quote(case: tuple[str, str], seed: int) -> None:
    name, sentence = case
    assert check(lay_out(sentence, random.Random(seed)), name).kind == "verbatim"


@settings(max_examples=30)
@given(sentences, st.integers(0, 2**32))
def test_layout_of_the_page_changes_no_quote(case: tuple[str, str], seed: int) -> None:
    name, sentence = case
    page = make_page(lay_out(REPORTS[name], random.Random(seed)))
    assert check_quote(sentence, ReadPages([page])).kind == "verbatim"


FLASH = make_page(
    "Slovakia registered 10 793 victims in 2023; none of them was a child.\n"
    "Europol names debt bondage most often.\nThe reflection period is a right of every victim that may not be cut"
)
NEXT = make_page("short under any circumstances. Staying is lawful.", number=2)


@pytest.mark.parametrize(
    ("quote", "difference"),
    [
        ("Slovakia registered 17 093 victims in 2023", Difference("number", "17 093", "10 793")),
        ("Hungary registered 10 793 victims in 2023", Difference("name", "Hungary", "Slovakia")),
        ("Eurostat names debt bondage most often.", Difference("name", "Eurostat", "Europol")),
        ("Europol never names debt bondage most often.", Difference("negation", "never", "")),
        ("Staying is unlawful.", Difference("negation", "unlawful", "lawful")),
        ("Europol names bondage most often.", Difference("delete", "", "debt")),
        ("Europol names debt bondage very most often.", Difference("insert", "very", "")),
        ("Europol names debt bondage most rarely.", Difference("replace", "rarely", "often")),
        ("Europol names most often debt bondage", Difference("order", "most often", "most often")),
        ("Slovakia registered 10 793 victims in twelve", Difference("number", "twelve", "2023")),
        ("The reflection period is a right of victim every", Difference("order", "victim", "victim")),
    ],
)
def test_what_differs_is_named(quote: str, difference: Difference) -> None:
    verdict = check_quote(quote, ReadPages([FLASH, NEXT]))
    assert (verdict.kind, verdict.matches[0].differences) == ("altered", (difference,))


def test_a_quote_that_runs_over_a_page_has_a_part_on_each() -> None:
    verdict = check_quote("that may not be cut short under any circumstances.", ReadPages([FLASH, NEXT]))
    assert verdict.kind == "verbatim"
    pages: dict[int, Page] = {1: FLASH, 2: NEXT}
    assert [pages[part.page].text[part.start : part.end] for part in verdict.matches[0].parts] == [
        "that may not be cut",
        "short under any circumstances.",
    ]


def test_stretches_in_order_are_verbatim_with_their_ellipses() -> None:
    verdict = check_quote("Slovakia registered 10 793 victims [...] Europol ... lawful.", ReadPages([FLASH, NEXT]))
    assert (verdict.kind, verdict.ellipses, len(verdict.matches[0].parts)) == ("verbatim", 2, 3)


def test_stretches_out_of_order_or_altered_are_not_verbatim() -> None:
    assert (
        check_quote("Europol names debt [...] Slovakia registered 10 793 victims", ReadPages([FLASH])).kind
        != "verbatim"
    )
    assert check_quote("Slovakia registered 10 794 victims [...] Europol names", ReadPages([FLASH])).kind != "verbatim"


@pytest.mark.parametrize("quote", ["", "  ", "...", "?!", "\u00ad"])
def test_what_holds_no_word_is_not_found(quote: str) -> None:
    assert check_quote(quote, ReadPages([FLASH])) == Verdict("not found", ())


def test_every_place_of_equal_words_is_listed() -> None:
    page = make_page("Debt bondage is common.\nOther words.\nDebt bondage is common.")
    assert len(check_quote("Debt bondage is common.", ReadPages([page])).matches) == 2


def test_letter_case_is_tolerated_and_reported() -> None:
    assert [match.case for match in check_quote("europol names debt bondage", ReadPages([FLASH])).matches] == [True]
    assert [match.case for match in check_quote("Europol names debt bondage", ReadPages([FLASH])).matches] == [False]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Victims of exploitation.3 The rest", "Victims of exploitation. The rest"),
        ("Victims of exploitation. The rest", "Victims of exploitation12. The rest"),
        ("Victims of exploitation The rest", "Victims of exploitation* The rest"),
        ("64 victims", "64\u00b9 victims"),
        ("short- and long-term help", "short- and long-\nterm help"),
    ],
)
def test_a_note_mark_or_a_broken_line_is_no_difference(quote: str, text: str) -> None:
    assert check_quote(quote, ReadPages([make_page(text)])).kind == "verbatim"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("under Article5 of it", "under Article6 of it"),
        ("in exploitation.3 The rest", "in exploitation.4 The rest"),
        ("641 victims", "64\u00b9 victims"),
        ("resign the form", "re-sign the form"),
        ("10.793 victims", "10 793 victims"),
        ("17,093 of them", "17 093 of them"),
        ("a rise of 5", "a rise of -5"),
        ("humanbeings there", "human beings there"),
        ("It rose, it fell", "It rose; it fell"),
    ],
)
def test_nothing_else_is_tolerated(quote: str, text: str) -> None:
    assert check_quote(quote, ReadPages([make_page(text)])).kind != "verbatim"


def test_the_number_words_stand_for_their_numbers() -> None:
    assert (NUMBER_WORDS["twelve"], NUMBER_WORDS["third"], NUMBER_WORDS["ninety"]) == (12, 3, 90)
