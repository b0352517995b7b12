"""Our embedder and our retriever as LangChain components, for whoever builds a chain of their own.

`ReportRetriever` gives LangChain documents whose metadata say where the words stand: slug, title, sha256, pages,
heading, score and the permanent link of the whole passage.
"""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from assistant.links import cite_parts
from assistant.retrieve import LEXICAL_WEIGHT, Asked, find_evidence, find_scope, require_embedder
from corpus.documents import Filters, Hit
from corpus.embedding import Embedder
from corpus.index import CurrentIndex
from corpus.library import Library


class ReportEmbeddings(Embeddings):
    """An embedder of ours, as LangChain wants one: lists of floats, each of length 1."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._embedder.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class ReportRetriever(BaseRetriever):
    """The passages of the library that are nearest to a question, by words and by vectors, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    index: CurrentIndex
    embedder: SkipValidation[Embedder]
    filters: Filters = Filters()
    count: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        require_embedder(self.index.generation(), self.embedder)
        asked = Asked(query, self.embedder.encode([query])[0])
        scope = find_scope(self.library, self.filters)
        evidence = find_evidence(
            self.library, self.index.generation(), asked, scope, count=self.count, lexical_weight=LEXICAL_WEIGHT
        )
        return [self._to_document(hit) for hit in evidence.hits]

    def _to_document(self, hit: Hit) -> LangChainDocument:
        (edition,) = self.library.editions(hit.passage.document)
        pages = {part.page: self.library.page(hit.passage.document, part.page) for part in hit.passage.parts}
        citation = cite_parts(edition.document, hit.passage.parts, pages, 1, hit.score)
        return LangChainDocument(
            page_content=hit.passage.text,
            metadata={
                "slug": edition.document.slug,
                "title": edition.document.title,
                "sha256": edition.document.sha256,
                "pages": sorted(pages),
                "heading": hit.passage.heading,
                "score": hit.score,
                "link": citation.link,
            },
        )
