"""The benchmark of adding: both pipelines run on the same files, and what each stage took is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.settings import read_settings
from evals.bench import STAGES, Round, Timing, table, time_round
from tests.conftest import Command
from tests.pdf_maker import lines, make_pdf
from tests.stand_ins import WordEmbedder


@pytest.mark.parametrize("ours_first", [True, False])
def test_both_pipelines_embed_the_same_files_and_each_stage_is_part_of_the_total(
    tmp_path: Path, *, ours_first: bool
) -> None:
    files = [
        make_pdf(tmp_path / "one.pdf", lines("Most countries have funded measures in countries of origin.")),
        make_pdf(tmp_path / "two.pdf", lines("The reflection period lasts three months in all of them.")),
    ]
    embedder = WordEmbedder()
    found = time_round(files, embedder, read_settings({}, tmp_path / "home"), ours_first=ours_first)
    for text in ("countries of origin", "three months"):
        assert sum(text in encoded for encoded in embedder.encoded) == 2
    for timing in (found.ours, found.tutorial):
        assert timing.embedding > 0
        assert timing.index > 0
        assert timing.total == pytest.approx(timing.reading + timing.embedding + timing.index, abs=0.5)


def test_a_ratio_is_told_with_its_lowest_and_highest() -> None:
    rounds = [Round(Timing(1, 2, 1, ours), Timing(2, 2, 2, 10)) for ours in (9, 10, 12)]
    told = {line.split()[0]: line.split(maxsplit=3)[3] for line in table(rounds)[1:]}
    assert set(told) == set(STAGES)
    assert told["total"] == "1.00 [0.90, 1.20]"
    assert told["index"] == "0.50 [0.50, 0.50]"


def test_a_folder_without_a_pdf_is_refused_in_words(command: Command, tmp_path: Path) -> None:
    done = command("evals", "bench", str(tmp_path))
    assert done.returncode == 2
    assert "there is no PDF" in done.stderr
