"""Evaluation: cases that are checked, measures that can fail, runs that resume, a gate that closes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answers import Answer, Question
from assistant.ask import Assistant
from assistant.retrieve import Asked, Scope
from corpus.documents import Filters
from corpus.errors import WrongUse
from corpus.index import CurrentIndex
from corpus.library import Library
from evals.__main__ import main
from evals.benchmarks import Answered, summarise_answers
from evals.cases import Case, Place, Query, check_cases, read_benchmark, read_cases
from evals.compare import compare_runs, find_breaches, read_limits, summarise
from evals.metrics import answer_inclusion, exact_match, is_met, measures, token_f1
from evals.peers import fuse_by_rank, our_systems
from evals.propose import propose_cases, read_drafts
from evals.report import write_report
from evals.run import discard_other, run_cases
from evals.runs import Conditions, Run, read_run
from evals.statistics import area_under_risk, compare_paired, estimate, holm, risk_coverage
from ingest.add import Desk
from tests.stand_ins import ROOT, WordEmbedder, make_document, make_page

QUESTION = Question("Which regions do the measures target?")
CASE = Case(
    "A1",
    QUESTION,
    "answer",
    (Place("emn-flash-2025-2", (1,)), Place("emn-flash-2022-2", (1,))),
    facts=(("Sahel",), ("/horn of\\s+africa/", "Horn")),
    must_not=("Mars",),
    type="list",
)
CONDITIONS = Conditions("q", "l", "e", "ours", None, {}, "3.11", "cpu", 2, 1)
OTHER = replace(CONDITIONS, system="lexical")


@pytest.fixture
def answer(assistant: Assistant) -> Answer:
    *_, last = assistant.ask(QUESTION)
    return last


def write_cases(path: Path, *cases: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    return path


def score(library: Library, case: Case, answer: Answer) -> dict[str, float | None]:
    return {name: measure(case, answer) for name, measure in measures(library.page).items()}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"id": "A", "question": "Q?"}, "line 2: expect"),
        ({"id": "A", "question": "Q?", "expect": "guess"}, "line 2: expect"),
        ({"id": "A", "question": "Q?", "expect": "answer", "colour": "red"}, "line 2: colour"),
        ({"id": "B", "question": "Q?", "expect": "answer"}, "the id B stands twice"),
        ({"id": "A", "question": " ?", "expect": "answer"}, "line 2: question: it asks nothing"),
        ({"id": "A", "question": "Q?", "expect": "answer", "facts": [[]]}, "line 2: facts"),
        (
            {"id": "A", "question": "Q?", "expect": "answer", "facts": [["/(/"]]},
            r"line 2: facts.*no regular expression",
        ),
    ],
)
def test_a_wrong_case_is_refused_with_its_line(tmp_path: Path, line: dict[str, object], words: str) -> None:
    path = write_cases(tmp_path / "a.jsonl", {"id": "B", "question": "Q?", "expect": "answer"}, line)
    with pytest.raises(WrongUse, match=words):
        read_cases(path)


def test_quotes_and_pages_that_are_not_in_the_library_are_found(library: Library, assistant: Assistant) -> None:
    good = replace(CASE, quotes=("Measures target five regions: the Sahel",))
    assert check_cases([good], library) == []
    wrong = replace(CASE, places=(Place("nothing", (1,)), Place("emn-flash-2025-2", (9,))), quotes=("No such words",))
    assert len(check_cases([wrong], library)) == 3
    filtered = replace(CASE, question=replace(CASE.question, filters=Filters(documents=("nothing",))))
    (problem,) = check_cases([filtered], library)
    assert problem.endswith("there is no report nothing to filter by")


def test_our_own_sets_are_read_and_are_large_and_varied_enough() -> None:
    cases = read_cases(ROOT / "evals" / "questions")
    kinds = {case.type for case in cases}
    assert len(cases) >= 250
    assert min(sum(case.type == kind for case in cases) for kind in kinds) >= 10
    assert {"de", "fr", "es", "it", "pl", "nl"} <= {case.language for case in cases}
    assert 0.2 < sum(case.part == "test" for case in cases) / len(cases) < 0.5


def test_a_good_answer_has_full_marks(library: Library, answer: Answer) -> None:
    scores = score(library, CASE, answer)
    assert scores["fact_recall"] == scores["right_page"] == scores["quote_exactness"] == 1.0
    assert scores["free_of_wrong_words"] == scores["citation_recall"] == scores["citation_precision"] == 1.0


def test_every_measure_can_fail(library: Library, answer: Answer) -> None:
    (first, *_), (sentence, *_) = answer.citations, answer.sentences
    (part,) = first.parts
    forged = replace(first, parts=(replace(part, quote="To Mars."),), document=make_document("another"))
    worse = replace(answer, citations=(forged,), sentences=(replace(sentence, text="To Mars.", citations=(7,)),))
    page = make_page("Another page.")
    scores = {name: measure(CASE, worse) for name, measure in measures(lambda _, __: page).items()}
    assert scores["fact_recall"] == scores["right_document"] == scores["right_page"] == 0.0
    assert scores["quote_exactness"] == scores["free_of_wrong_words"] == scores["citation_recall"] == 0.0
    for expect, name in (
        ("abstain", "declined_of_unanswerable"),
        ("decline", "declined_of_harmful"),
        ("help", "helped"),
    ):
        assert score(library, replace(CASE, expect=expect), answer)[name] == 0.0  # type: ignore[arg-type]


def test_facts_fold_case_and_white_space_and_may_be_patterns() -> None:
    assert is_met("IOM", "primarily iom")
    assert is_met("two  words", "Two words")
    assert is_met("/cultural.{0,12}differences/", "cultural - differences")
    assert not is_met("/x/y", "x")


def test_short_answers_are_scored_as_squad_does() -> None:
    assert exact_match(("The Sahel",), "sahel.") == 1.0
    assert token_f1(("the Sahel region",), "Sahel") == pytest.approx(2 / 3)
    assert (answer_inclusion(("Sahel",), "In the Sahel."), answer_inclusion(("Sahel",), "Saheli")) == (1.0, 0.0)


def test_an_interval_holds_its_mean_and_a_difference_its_sign() -> None:
    found = estimate([0.0, 1.0, 1.0, 1.0] * 10)
    assert found.low < found.value == 0.75 < found.high
    better = compare_paired([0.0] * 20, [1.0] * 15 + [0.0] * 5)
    assert better.low > 0
    assert better.p < 0.01
    assert compare_paired([1.0] * 5, [1.0] * 5).p == 1.0


def test_p_values_are_corrected_in_their_own_order() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_risk_grows_where_the_unsure_answers_are_wrong() -> None:
    good = area_under_risk(risk_coverage([0.9, 0.8, 0.1], [0.0, 0.0, 1.0]))
    bad = area_under_risk(risk_coverage([0.1, 0.2, 0.9], [0.0, 0.0, 1.0]))
    assert good < bad


def test_rankings_are_fused_by_reciprocal_rank() -> None:
    assert fuse_by_rank([["a", "b"], ["b", "c"]]) == ["b", "a", "c"]


def run(path: Path, assistant: Assistant, library: Library, conditions: Conditions = CONDITIONS) -> Run:
    cases = [CASE, replace(CASE, id="A2", question=Question("Who baked sourdough bread?"), expect="abstain")]
    with ThreadPoolExecutor(2) as executor:
        return run_cases(
            cases,
            assistant.ask,
            measures(library.page),
            path=path,
            conditions=conditions,
            date="2026-01-01T00:00:00+00:00",
            executor=executor,
            on_case=lambda done, total: None,
        )


def test_a_run_is_kept_whole_and_read_again(tmp_path: Path, assistant: Assistant, library: Library) -> None:
    first = run(tmp_path / "run", assistant, library)
    assert read_run(tmp_path / "run") == first
    assert {result.id for result in first.results} == {"A1", "A2"}


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path, assistant: Assistant, library: Library) -> None:
    run(tmp_path / "run", assistant, library)
    results = tmp_path / "run" / "results.jsonl"
    first, _ = results.read_text(encoding="utf-8").splitlines()
    results.write_text(first + '\n{"id": "A2", "quest', encoding="utf-8")

    asked: list[str] = []

    class Counting:
        def ask(self, question: Question) -> Iterator[Answer]:
            asked.append(question.text)
            return assistant.ask(question)

    again = run(tmp_path / "run", Counting(), library)  # type: ignore[arg-type]
    assert len(again.results) == 2
    assert len(asked) == 1


def test_a_run_under_other_conditions_is_kept(tmp_path: Path, assistant: Assistant, library: Library) -> None:
    first = run(tmp_path / "run", assistant, library)
    with pytest.raises(WrongUse, match="other conditions.*--replace"):
        run(tmp_path / "run", assistant, library, OTHER)
    assert read_run(tmp_path / "run") == first


def test_a_run_is_written_over_where_that_is_asked_for(tmp_path: Path, assistant: Assistant, library: Library) -> None:
    run(tmp_path / "run", assistant, library)
    (tmp_path / "run" / "notes.txt").write_text("words", encoding="utf-8")
    discard_other(tmp_path / "run", OTHER)
    assert [file.name for file in (tmp_path / "run").iterdir()] == ["notes.txt"]


def test_a_run_is_not_compared_with_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "a.jsonl", "--home", str(tmp_path), "--out", str(tmp_path), "--baseline", str(tmp_path)]) == 2
    assert "is the run itself" in capsys.readouterr().err


def test_a_folder_with_other_things_is_never_written_over(
    tmp_path: Path, assistant: Assistant, library: Library
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mother.txt").write_text("words", encoding="utf-8")
    with pytest.raises(WrongUse, match="other things"):
        run(tmp_path / "letters", assistant, library)


def worsen(run: Run) -> Run:
    results = [replace(result, scores={**result.scores, "fact_recall": 0.0}) for result in run.results]
    return replace(run, results=tuple(results))


def test_two_runs_show_what_changed_and_which_cases_flipped(
    tmp_path: Path, assistant: Assistant, library: Library
) -> None:
    first = run(tmp_path / "run", assistant, library)
    comparison = compare_runs(first, worsen(first))
    (changed,) = [change for change in comparison.changes if change.measure == "fact_recall"]
    assert changed.difference.value < 0
    assert ("fact_recall", "A1") in {(flip.measure, flip.first.id) for flip in comparison.flips}


def test_the_gate_closes_where_a_measure_falls_below_its_limit(
    tmp_path: Path, assistant: Assistant, library: Library
) -> None:
    good = run(tmp_path / "run", assistant, library)
    (tmp_path / "gate.toml").write_text("[lowest]\nfact_recall = 0.9\nquote_exactness = 1.0\n", encoding="utf-8")
    limits = read_limits(tmp_path / "gate.toml")
    assert find_breaches(good, limits) == []
    assert [breach.measure for breach in find_breaches(worsen(good), limits)] == ["fact_recall"]
    assert [breach.measure for breach in find_breaches(good, {"no_such_measure": 0.5})] == ["no_such_measure"]


def test_the_report_is_one_page_that_asks_nobody(tmp_path: Path, assistant: Assistant, library: Library) -> None:
    first = run(tmp_path / "run", assistant, library)
    page = write_report(first, worsen(first)).read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert not any(mark in page for mark in ("http://", "https://", "<script", "@import", "url("))
    assert all(name.replace("_", " ") in page for name in summarise(first))


def test_cases_are_proposed_with_the_sentence_they_rest_on() -> None:
    text = "In 2020 the authorities of that country registered 1 234 victims of trafficking in all."
    (draft,) = propose_cases(make_document("flash"), [make_page(text)])
    assert (draft["quotes"], draft["facts"], draft["type"]) == ([text], [["1 234"]], "figure")


def test_a_number_that_names_an_issue_is_no_figure_to_ask_for() -> None:
    text = "Its main source is a digest by the network, the EMN Flash #2 of the year 2025, and what it cites."
    assert list(propose_cases(make_document("flash"), [make_page(text)])) == []


def test_a_benchmark_is_read_in_the_common_layout(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"id": "d", "title": "T", "text": "Words.", "lang": "en", "more": 1}\n')
    (tmp_path / "queries.jsonl").write_text(
        '{"id": "q", "text": "Q?", "answerable": false, "answers": [], "history": [{"role": "user", "text": "A?"}]}\n'
    )
    (tmp_path / "qrels.tsv").write_text("query_id\tdoc_id\trelevance\nq\td\t2\n")
    found = read_benchmark(tmp_path)
    assert (found.judgements, found.queries[0].answerable) == ({"q": {"d": 2}}, False)
    assert found.queries[0].history[0].text == "A?"


@pytest.mark.parametrize("name", ["corpus", "queries"])
def test_an_id_that_stands_twice_in_a_benchmark_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    for file in ("corpus.jsonl", "queries.jsonl"):
        line = '{"id": "one", "text": "Words."}\n'
        (tmp_path / file).write_text(line * (2 if file.startswith(name) else 1), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query_id\tdoc_id\trelevance\none\tone\t1\n", encoding="utf-8")
    with pytest.raises(WrongUse, match=rf"{name}.jsonl, line 2: the \w+ one stands twice"):
        read_benchmark(tmp_path)


def test_a_judgement_that_is_not_separated_by_tabs_is_refused_with_its_line(tmp_path: Path) -> None:
    for name in ("corpus.jsonl", "queries.jsonl"):
        (tmp_path / name).touch()
    (tmp_path / "qrels.tsv").write_text("query_id doc_id relevance\nq d 1\n", encoding="utf-8")
    with pytest.raises(WrongUse, match=r"qrels.tsv, line 2.*separated by tabs"):
        read_benchmark(tmp_path)


def test_feedback_that_is_not_json_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "question": "Q?"}\nwords\n', encoding="utf-8")
    with pytest.raises(WrongUse, match=r"a.jsonl, line 2"):
        read_drafts(tmp_path)


def test_the_area_under_risk_and_coverage_has_an_interval_around_it() -> None:
    queries = [Query(str(number), "Q?", True, ("Sahel",), (), None) for number in range(40)]
    said = [
        Answered(query, "The Sahel." if number % 3 else "Mars.", True, number / 40)
        for number, query in enumerate(queries)
    ]
    area = summarise_answers(said)["aurc"]
    assert area.low < area.value < area.high


def test_a_measure_that_applies_to_no_query_is_left_out() -> None:
    answered = [Answered(Query("q", "Q?", True, ("Sahel",), (), None), "The Sahel.", True, 0.5)]
    assert "declined_of_unanswerable" not in summarise_answers(answered)


def test_the_word_search_alone_ranks_nothing_that_only_the_vectors_found(
    assistant: Assistant, library: Library, desk: Desk, embedder: WordEmbedder
) -> None:
    asked = Asked("xylophone", embedder.encode(["Which regions do the measures target?"])[0])
    systems = our_systems(library, CurrentIndex(desk.home).generation(), Scope(None))
    assert (systems["lexical"](asked), bool(systems["vector"](asked))) == ([], True)
