"""From settings to a library and an assistant; the index is brought up to date first, by a child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from assistant.ask import Assistant
from assistant.compose import Writer, Writers
from assistant.decline import judge_for
from assistant.rerank import AS_FOUND
from assistant.retrieve import LEXICAL_WEIGHT
from corpus.embedding import Embedder, embedder_digest, load_embedder
from corpus.errors import IndexFault
from corpus.index import CurrentIndex, index_is_current
from corpus.library import Library
from corpus.reranking import Reranker, load_reranker
from corpus.settings import ModelSettings, Settings


def open_assistant(settings: Settings, library: Library) -> Assistant:
    """Takes seconds: the embedder is loaded. Raises EmbedderFault, IndexFault, RerankerFault, WrongUse."""
    open_writers(settings.model)
    ensure_index(settings, library)
    embedder = load_embedder(settings.library.embedder, settings.home, threads=1)
    return set_up(settings, library, CurrentIndex(settings.home), embedder)


def set_up(
    settings: Settings,
    library: Library,
    index: CurrentIndex,
    embedder: Embedder,
    *,
    lexical_weight: float = LEXICAL_WEIGHT,
) -> Assistant:
    """The assistant as the settings have it, over a library and an index at hand. Raises RerankerFault, WrongUse."""
    return Assistant(
        library,
        index,
        embedder,
        lexical_weight=lexical_weight,
        writers=open_writers(settings.model),
        judge=judge_for(embedder.fingerprint.digest),
        reranker=open_reranker(settings),
    )


def open_reranker(settings: Settings) -> Reranker:
    """The one that is set, else the order of the search. Raises RerankerFault."""
    return load_reranker(settings.search.reranker) if settings.search.reranker else AS_FOUND


def open_writers(settings: ModelSettings) -> Writers:
    """The chat models that are set up. Raises WrongUse where the default cannot be used.

    Address and key are for the provider of `settings.name`: no other is sent that key.
    """

    def load(name: str) -> Writer:
        from assistant.generate import load_model

        known = name.partition(":")[0] == settings.name.partition(":")[0]
        own = settings if known else replace(settings, address="", key="")
        return Writer(load_model(name, own), settings.seconds, drops=settings.unsupported == "drop")

    writers = Writers(settings.name, [name.strip() for name in settings.choices.split(",")], load)
    writers.choose(None)
    return writers


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Library, CurrentIndex]]:
    """The library and its index, for what needs no model; both are closed in the end."""
    library = Library.open(settings.home / "library.db")
    index = CurrentIndex(settings.home)
    try:
        yield library, index
    finally:
        index.close()
        library.close()


def ensure_index(settings: Settings, library: Library) -> None:
    """Have a stale or missing index built anew. One that only lags behind still serves while another process adds.

    Raises IndexFault where there is none that can be used.
    """
    digest = embedder_digest(settings.library.embedder)
    if not library.documents() or index_is_current(settings.home, library, digest):
        return
    problem = _rebuild(settings.home)
    if problem is not None and not _serves(settings.home, digest):
        raise problem


def _serves(home: Path, digest: str) -> bool:
    """Whether the generation in use, though it lags behind, can be searched with this embedder."""
    index = CurrentIndex(home)
    try:
        return index.generation().manifest.embedder == digest
    except IndexFault:
        return False
    finally:
        index.close()


def _rebuild(home: Path) -> IndexFault | None:
    """Run `ingest rebuild` in a process of its own; what hindered it, or None."""
    command = [sys.executable, "-m", "ingest", "rebuild", "--home", str(home), "--json"]
    program = str(Path(__file__).resolve().parent.parent)
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": program},
    )
    if done.returncode == 0:
        return None
    try:
        error = json.loads(done.stdout)["error"]
    except (ValueError, KeyError, TypeError):
        return IndexFault("the index could not be built", "run `python -m ingest rebuild` to see why")
    return IndexFault(error["message"], error["remedy"])
