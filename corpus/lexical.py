"""The word index: BM25 by tantivy, English stems, diacritics removed, headings and titles weighted.

Derived from the library, written once per generation and never changed after.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from corpus.documents import Document, Passage
from corpus.errors import IndexFault

_ANALYZER = "folded_english"
_WEIGHTS = {"body": 1.0, "heading": 0.5, "title": 0.5}
_LIGHTER = 0.4
"""What a word counts that is searched for beside the others. Fitted on half of INSCIT's development set."""

_WRITER_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A passage that shares words with the question: its id and its BM25 score, higher for closer."""

    passage: int
    score: float


class LexicalIndex:
    """The words of one generation, open for reading."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
            self._index.register_tokenizer(_ANALYZER, _analyzer())
            self._searcher = self._index.searcher()
            self._searcher.search(tantivy.Query.all_query(), limit=1)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            raise IndexFault(f"the word index in {folder} is damaged", "run `python -m ingest rebuild`") from error

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(
        self, text: str, count: int, documents: Sequence[str] | None = None, *, lighter: Sequence[str] = ()
    ) -> list[WordMatch]:
        """Passages that share words with the text, best first; only of these documents (by sha256) where given.

        Words of `lighter` count less than the others.
        """
        light = set(re.findall(r"\w+", " ".join(lighter).lower()))
        words = " ".join(f"{word}^{_LIGHTER}" if word in light else word for word in re.findall(r"\w+", text.lower()))
        if not words:
            return []
        query, _ = self._index.parse_query_lenient(words, list(_WEIGHTS), field_boosts=_WEIGHTS)
        if documents is not None:
            within = tantivy.Query.term_set_query(self._index.schema, "document", list(documents))
            limit = tantivy.Query.const_score_query(within, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, limit)])
        found = self._searcher.search(query, limit=count).hits
        return [WordMatch(int(self._searcher.doc(address)["id"][0]), float(score)) for score, address in found]

    def rarity(self, stem: str) -> float:
        """The inverse document frequency of a stem, as BM25 has it (Robertson and Zaragoza 2009); never below 0."""
        frequency = self._searcher.doc_freq("body", stem)
        return math.log(1 + (len(self) - frequency + 0.5) / (frequency + 0.5))


def extend_lexical_index(folder: Path, passages: Iterable[Passage], documents: Mapping[str, Document]) -> None:
    """Add these passages to the index in a folder, which is made where there is none; `documents` by sha256."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer(_ANALYZER, _analyzer())
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for passage in passages:
        document = documents[passage.document]
        entry = {"id": passage.id, "document": passage.document, "body": passage.text}
        writer.add_document(tantivy.Document(**entry, heading=passage.heading, title=document.title))
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for field in _WEIGHTS:
        builder.add_text_field(field, tokenizer_name=_ANALYZER)
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stopword("english"))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def stems(text: str) -> list[str]:
    """The words of a text as the index holds them: lower case, without diacritics or stop words, stemmed."""
    return list(_analyzer().analyze(text))
