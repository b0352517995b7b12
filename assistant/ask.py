"""Answering: the steps in their order, from a question to an answer whose every sentence is proven."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.about_library import list_reports
from assistant.aims import find_aims
from assistant.answers import Abstention, Answer, Citation, Composed, Considered, Question
from assistant.antecedents import add_antecedents
from assistant.choose import Weighed, add_figures, choose_sentences, weigh_aims
from assistant.compose import OFFERED, WITHOUT_MODELS, Writer, Writers, offer
from assistant.copies import find_copies, leave_copies
from assistant.countrytables import Table, add_vectors, read_tables
from assistant.decline import Judge, judge_by_rule
from assistant.extract import rank_sentences, read_sentences
from assistant.followups import Rewrite, stand_alone
from assistant.foreign import mark_language
from assistant.frames import Own, keep_for, keep_own, name_frames, read_wanted
from assistant.leads import add_rows, fill_answer, to_sentences, without_sides
from assistant.links import cite_from
from assistant.lists import complete_lists
from assistant.matrix import compare_countries, number_cells
from assistant.missing import find_missing, find_unfound, find_unspelt, tell_missing
from assistant.overview import sum_up
from assistant.participants import name_participants
from assistant.questions import check_question
from assistant.reception import is_settled, receive
from assistant.rerank import AS_FOUND, rerank
from assistant.retrieve import (
    LEXICAL_WEIGHT,
    Asked,
    Evidence,
    Scope,
    find_evidence,
    find_scope,
    require_embedder,
    widen,
)
from assistant.rewording import Reworded, reword
from assistant.sentences import Candidate
from assistant.signals import find_signals
from assistant.speaking_of import list_speaking
from assistant.timing import Clock
from assistant.tongues import tongues
from assistant.understand import as_understood, make_sense, to_asked, understand
from assistant.verify import is_proven
from assistant.vocabulary import find_language
from assistant.words import say
from corpus.documents import Document, Filters, Part
from corpus.embedding import Embedder
from corpus.index import CurrentIndex, Generation
from corpus.library import Library
from corpus.reranking import Reranker

_HITS = 20
"""Passages that are considered."""

_HITS_OF_AN_AIM = 8
"""Passages that are considered beside them for each of a question's sides, its premise and its term."""

_FIRST, _NEAREST = 5, 3
"""Passages among which a row of a country table speaks for that table; those shown where there is no answer."""

_KEPT = 256
"""Reports whose country tables are kept once they were read."""


class Assistant:
    """Answers questions from one library. Safe for many threads. `rewrite` makes a follow-up stand by itself."""

    def __init__(
        self,
        library: Library,
        index: CurrentIndex,
        embedder: Embedder,
        *,
        lexical_weight: float = LEXICAL_WEIGHT,
        rewrite: Rewrite = stand_alone,
        writers: Writers = WITHOUT_MODELS,
        judge: Judge = judge_by_rule,
        reranker: Reranker = AS_FOUND,
    ) -> None:
        self._library = library
        self._index = index
        self._embedder = embedder
        self._lexical_weight = lexical_weight
        self._rewrite = rewrite
        self._writers = writers
        self._judge = judge
        self._reranker = reranker
        self._knows = tongues(embedder)
        self._tables = functools.lru_cache(_KEPT)(self._read_tables)

    def ask(self, question: Question) -> Iterator[Answer]:
        """The answer as it grows; the last one is complete. Raises WrongUse, IndexFault."""
        check_question(question.text)
        writer = self._writers.choose(question.model)
        clock = Clock()
        text, language = " ".join(question.text.split()), find_language(question.text)
        answer = receive(Answer(question, text, question.filters, language=language))
        documents = self._library.documents()
        if not is_settled(answer) and not documents:
            reason = say("empty-library", language)
            answer = replace(answer, abstention=Abstention("empty-library", reason, language=language))
        if is_settled(answer):
            yield replace(answer, timings=clock.times())
            return

        generation = self._index.generation()
        require_embedder(generation, self._embedder)
        told = reword(question, writer.model, writer.seconds) if writer and question.history else Reworded("")
        sense = make_sense(generation, self._embedder)
        understood = understand(question, documents, sense, self._rewrite, told.text)
        scope = find_scope(self._library, understood.filters)
        answer = replace(as_understood(answer, understood), usage=told.usage)
        clock.end("understand")
        if scope.documents == ():
            abstention = Abstention("not-in-library", say("filtered-out", language), language=language)
            yield replace(answer, abstention=abstention, timings=clock.times())
            return
        searched = documents if scope.documents is None else scope.documents
        composed = self._compose(understood.text, searched, generation)
        if composed is not None:
            yield replace(self._quote(answer, composed), timings=clock.times())
            return
        asked = to_asked(understood, self._embedder, self._knows)
        yield from self._search(answer, asked, scope, generation, writer, clock)

    def _search(
        self, answer: Answer, asked: Asked, scope: Scope, generation: Generation, writer: Writer | None, clock: Clock
    ) -> Iterator[Answer]:
        """The steps from what is searched for to the answer."""
        named = scope.documents or () if answer.read != Filters() else ()
        aims, wanted = find_aims(asked.text, named if answer.read.documents else ()), read_wanted(asked.text, named)
        asides = self._ask_aside(asked, aims.texts)
        found = self._find(asked, scope, generation, max(_HITS, self._reranker.takes))
        beside = [self._find(one, scope, generation, _HITS_OF_AN_AIM) for one in asides]
        evidence = widen(rerank(asked.text, found, self._reranker, _HITS), beside)
        clock.end("retrieve")
        answer = replace(answer, considered=_considered(evidence), timings=clock.times())
        yield answer

        rarity = generation.words.rarity
        sentences = read_sentences(evidence, self._embedder)
        candidates = rank_sentences(asked, evidence, sentences, rarity)
        own = keep_own(wanted, candidates, evidence.documents)
        ranked = [rank_sentences(one, evidence, sentences, rarity) for one in asides]
        for place, side in enumerate(aims.sides):
            ranked[place] = keep_for(wanted, side.text, ranked[place], evidence.documents)
        weighed = weigh_aims(aims, ranked, evidence.documents, rarity)
        clock.end("answer")
        judgement = self._judge(find_signals(asked, own.candidates, evidence, self._embedder, rarity))
        answer = replace(answer, confidence=judgement.confidence)
        unfound = without_sides(find_unfound(asked.text, evidence), weighed.absent)
        answers = not unfound and not find_unspelt(asked.text, evidence) and (judgement.answers or weighed.negated)
        weighed = add_figures(weighed, asked.text, own.candidates, rarity) if answers else weighed
        chosen = self._choose(own.candidates, weighed) if answers else []
        citations = self._prove(chosen, candidates, evidence)
        answer = fill_answer(answer, weighed, citations, chosen)
        answer = self._add_table(answer, asked, scope, evidence, generation)
        clock.end("verify")
        if not answer.citations:
            abstention = self._abstain(asked, candidates, own, scope, evidence, generation, answer.language)
            answer = replace(answer, abstention=abstention)
        answer = replace(mark_language(answer), timings=clock.times())
        yield answer
        if citations and writer is not None and not answer.table:
            yield from self._write(writer, answer, [*chosen, *own.candidates], evidence)

    def _write(
        self, writer: Writer, answer: Answer, candidates: Sequence[Candidate], evidence: Evidence
    ) -> Iterator[Answer]:
        """The answer in a chat model's words, made of these sentences; each is offered once."""
        offered = self._prove(list(dict.fromkeys(candidates))[:OFFERED], (), evidence)
        yield from writer.write(answer, offered, offer(offered, evidence, self._library.page))

    def _compose(self, text: str, documents: Sequence[Document], generation: Generation) -> Composed | None:
        """What is put together from known places, where the question asks for that; None where it must be searched."""
        return (
            name_participants(text, documents, self._library)
            or list_reports(text, documents, self._library)
            or list_speaking(text, documents, self._library, generation.words, find_language(text))
            or sum_up(text, documents, self._library, generation.words.rarity)
        )

    def _quote(self, answer: Answer, composed: Composed) -> Answer:
        """The answer with those excerpts that stand on their pages to the letter, or the lead as the reason why not."""
        citations: list[Citation] = []
        for excerpt in composed.excerpts:
            citation = self._cite(excerpt.document, excerpt.parts, len(citations) + 1, 1.0)
            if is_proven(citation, self._library.page):
                citations.append(citation)
        if not citations:
            lead = composed.lead
            return replace(answer, abstention=Abstention("not-in-library", lead.text, language=lead.language))
        answer = replace(answer, lead=composed.lead, sentences=to_sentences(citations), citations=tuple(citations))
        return mark_language(answer)

    def _add_table(
        self, answer: Answer, asked: Asked, scope: Scope, evidence: Evidence, generation: Generation
    ) -> Answer:
        """The answer with the rows of the reports' country tables that it asks for, each of them proven."""
        found_in = [hit.passage.document for hit in evidence.hits]
        copied_in = [copy.document for hit in evidence.hits for copy in hit.copies]
        documents = scope.documents or [evidence.documents[sha256] for sha256 in dict.fromkeys(found_in + copied_in)]
        rows = [hit.passage for hit in evidence.hits[:_FIRST] if hit.passage.kind == "table row"]
        doubted = not answer.citations
        found = compare_countries(asked, documents, self._tables, generation.words.rarity, rows, doubted=doubted)
        if found is None:
            return answer
        known = {citation.link: citation for citation in answer.citations}
        numbers = []
        for excerpt in found.excerpts:
            citation = self._cite(excerpt.document, excerpt.parts, len(known) + 1, 1.0)
            if not is_proven(citation, self._library.page):
                return answer
            numbers.append(known.setdefault(citation.link, citation).number)
        table = number_cells(found.rows, numbers)
        return add_rows(answer, tuple(known.values()), table)

    def _read_tables(self, document: Document) -> list[Table]:
        return add_vectors(read_tables(document, self._library.pages(document.sha256)), self._embedder)

    def _find(self, asked: Asked, scope: Scope, generation: Generation, count: int) -> Evidence:
        return find_evidence(self._library, generation, asked, scope, count=count, lexical_weight=self._lexical_weight)

    def _ask_aside(self, asked: Asked, texts: Sequence[str]) -> list[Asked]:
        """Each text as a question of its own."""
        vectors = list(self._embedder.encode(list(texts))) if texts else []
        return [replace(asked, text=text, vector=vector) for text, vector in zip(texts, vectors, strict=True)]

    def _choose(self, candidates: Sequence[Candidate], weighed: Weighed) -> list[Candidate]:
        chosen = add_antecedents(choose_sentences(candidates, weighed))
        return complete_lists(chosen, self._library.passages_by_id)

    def _prove(
        self, chosen: Sequence[Candidate], candidates: Sequence[Candidate], evidence: Evidence
    ) -> list[Citation]:
        """The citations of those sentences that stand on their pages to the letter; any other is left out.

        Each names the other places among the candidates that say it in nearly the same words.
        """
        citations: list[Citation] = []
        for candidate in name_frames(chosen, evidence.documents):
            document = evidence.documents[candidate.hit.passage.document]
            citation = self._cite(document, candidate.parts, len(citations) + 1, candidate.score)
            if _same_words(citation.quote, candidate.text) and is_proven(citation, self._library.page):
                copies = find_copies(candidate, candidates, evidence)
                also = [self._cite(copy.document, copy.parts, 0, citation.score) for copy in copies]
                proven = tuple(one for one in also if is_proven(one, self._library.page))
                citations.append(replace(citation, also=proven, frame=candidate.frame))
        return citations

    def _cite(self, document: Document, parts: tuple[Part, ...], number: int, score: float) -> Citation:
        return cite_from(self._library, document, parts, number, round(score, 4))

    def _abstain(
        self,
        asked: Asked,
        candidates: Sequence[Candidate],
        own: Own,
        scope: Scope,
        evidence: Evidence,
        generation: Generation,
        language: str,
    ) -> Abstention:
        missing = find_missing(asked, evidence, own, generation.words.frequency, generation.words.rarity)
        nearest = self._prove(leave_copies(candidates, _NEAREST), candidates, evidence)
        return Abstention(
            "not-in-library",
            tell_missing(missing, language),
            missing=missing.words,
            documents=self._library.count_documents() if scope.documents is None else len(scope.documents),
            passages=self._library.count_passages(scope.hashes),
            nearest=tuple(nearest),
            language=language,
        )


def _same_words(quote: str, text: str) -> bool:
    """Whether a quote is what was chosen; a line may end within it where a sentence runs on."""
    return quote.split() == text.split()


def _considered(evidence: Evidence) -> tuple[Considered, ...]:
    return tuple(
        Considered(
            evidence.documents[hit.passage.document].slug,
            hit.passage.parts[0].page,
            hit.passage.text,
            round(hit.score, 4),
        )
        for hit in evidence.hits
    )
