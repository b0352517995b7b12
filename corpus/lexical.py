"""The word index: BM25 by tantivy, English stems, diacritics removed, headings and titles weighted.

Derived from the library, written once per generation and never changed after.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from corpus.documents import Document, Passage
from corpus.errors import IndexFault

_ANALYZER = "folded_english"
_WEIGHTS = {"body": 1.0, "heading": 0.5, "title": 0.5}
_STEMMERS = {
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
_SLAVONIC_ENDING = re.compile(
    r"(?<=\w{3})(?:iami|owie|ami|ach|ego|emu|ych|ymi|imi|iej|iem|om|ow|ie|ej|ym|im|em|ia|iu|a|e|y|i|u|o)$"
)

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

    def frequency(self, stem: str) -> int:
        """In how many passages a stem stands, or in their headings or titles: the most of the three."""
        return max(int(self._searcher.doc_freq(name, stem)) for name in _WEIGHTS)

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


def fold_word(word: str, language: str) -> str:
    """A word of another language without its ending and diacritics; cut by rule where there is no stemmer for it."""
    analyzer = _foreign_analyzer(language)
    if analyzer is not None:
        return "".join(analyzer.analyze(word))
    plain = "".join(_foreign_analyzer("").analyze(word))
    return _SLAVONIC_ENDING.sub("", plain) if len(plain) > 3 else plain


@functools.cache
def _foreign_analyzer(language: str) -> Any:
    """None where tantivy has no stemmer for the language; without one for no language."""
    name = _STEMMERS.get(language)
    if language and name is None:
        return None
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.lowercase())
    if name is not None:
        builder = builder.filter(tantivy.Filter.stemmer(name))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


def stems(text: str) -> list[str]:
    """The words of a text as the index holds them: lower case, without diacritics or stop words, stemmed."""
    return list(_analyzer().analyze(text))
