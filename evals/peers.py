"""Baselines that stand beside ours in the same run: parts of ourselves, and the usual tutorial pipeline."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document as LangChainDocument
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader

from assistant.answers import Answer, Question, Sentence
from assistant.langchain import ReportEmbeddings
from assistant.links import cite_parts
from assistant.rerank import AS_FOUND, rerank
from assistant.retrieve import LEXICAL_WEIGHT, Asked, Evidence, Scope, find_evidence, find_scope
from assistant.room import Asks
from corpus.documents import Hit
from corpus.embedding import Embedder
from corpus.index import CurrentIndex, Generation
from corpus.library import Library
from corpus.reranking import Reranker

Rank = Callable[[Asked], list[str]]
"""A question to the ids (sha256) of documents, best first, each once."""

_DEEP = 100
_EACH = 50
"""As many passages as each of our two searches brings: what ranks below them, the other one has brought."""

_RRF_K = 60


def our_systems(
    library: Library, generation: Generation, scope: Scope, reranker: Reranker = AS_FOUND
) -> Mapping[str, Rank]:
    """Ours, its two halves alone (what the other half brings is left out), and the two fused by rank."""

    def search(asked: Asked, weight: float, count: int) -> Evidence:
        return find_evidence(library, generation, asked, scope, count=count, lexical_weight=weight)

    def find(asked: Asked, weight: float, count: int) -> tuple[Hit, ...]:
        return search(asked, weight, count).hits

    def ours(asked: Asked) -> list[str]:
        evidence = rerank(asked.text, search(asked, LEXICAL_WEIGHT, _DEEP), reranker, _DEEP)
        return _documents(hit.passage.document for hit in evidence.hits)

    def lexical(asked: Asked) -> list[str]:
        return _documents(hit.passage.document for hit in find(asked, 1.0, _EACH) if hit.lexical)

    def vector(asked: Asked) -> list[str]:
        near = [hit for hit in find(asked, 0.0, _EACH) if hit.vector is not None and hit.vector > 0]
        return _documents(hit.passage.document for hit in near)

    return {
        "ours": ours,
        "lexical": lexical,
        "vector": vector,
        "rrf": lambda asked: fuse_by_rank([lexical(asked), vector(asked)]),
    }


def fuse_by_rank(rankings: Sequence[Sequence[str]], k: int = _RRF_K) -> list[str]:
    """Reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009). Ids, best first; ties by id."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for place, name in enumerate(ranking, start=1):
            scores[name] = scores.get(name, 0.0) + 1 / (k + place)
    return sorted(scores, key=lambda name: (-scores[name], name))


def read_by_tutorial(files: Iterable[Path]) -> dict[str, str]:
    """The text of PDFs as the tutorial's loader reads it, page after page, by the file's name."""
    return {path.name: "\n\n".join(page.extract_text() for page in PdfReader(path).pages) for path in files}


def tutorial_store(texts: Mapping[str, str], embedder: Embedder) -> Chroma:
    """What the LangChain tutorial builds: 1,000 characters with 200 of overlap, in one Chroma collection.

    `texts` by document id. The embedder is ours, so that the pipelines differ and not the models.
    """
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    documents = [LangChainDocument(page_content=text, metadata={"id": name}) for name, text in texts.items()]
    chunks = splitter.split_documents(documents)
    store = Chroma(f"tutorial-{uuid.uuid4().hex}", embedding_function=ReportEmbeddings(embedder))
    for start in range(0, len(chunks), 2000):
        store.add_documents(chunks[start : start + 2000])
    return store


def rank_by_tutorial(store: Chroma) -> Rank:
    """The tutorial's retrieval: the chunks nearest by vector, and of these the documents."""

    def rank(asked: Asked) -> list[str]:
        found = store.similarity_search_by_vector([float(value) for value in asked.vector], k=_DEEP)
        return _documents(str(document.metadata["id"]) for document in found)

    return rank


class LastTurn:
    """The peer that forgets the conversation: it is asked the last turn alone."""

    def __init__(self, asks: Asks) -> None:
        self._asks = asks

    def ask(self, question: Question) -> Iterator[Answer]:
        return self._asks.ask(replace(question, history=()))


class TopPassage:
    """The peer that always answers, with the whole passage that matched best."""

    def __init__(self, library: Library, index: CurrentIndex, embedder: Embedder) -> None:
        self._library = library
        self._index = index
        self._embedder = embedder

    def ask(self, question: Question) -> Iterator[Answer]:
        asked = Asked(question.text, self._embedder.encode([question.text])[0])
        scope = find_scope(self._library, question.filters)
        evidence = find_evidence(
            self._library, self._index.generation(), asked, scope, count=1, lexical_weight=LEXICAL_WEIGHT
        )
        answer = Answer(question, question.text, question.filters)
        for hit in evidence.hits:
            pages = {part.page: self._library.page(hit.passage.document, part.page) for part in hit.passage.parts}
            document = evidence.documents[hit.passage.document]
            citation = cite_parts(document, hit.passage.parts, pages, 1, hit.vector or 0.0)
            sentence = Sentence(citation.quote, "verbatim", (1,))
            answer = replace(answer, sentences=(sentence,), citations=(citation,))
        yield answer


def _documents(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))
