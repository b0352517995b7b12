"""What `python -m assistant ask` and `serve` do, once their arguments are parsed."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.answers import Abstention, Answer, Question, Sentence, Turn
from assistant.compose import NO_MODEL
from assistant.forms import answer_form
from assistant.lookup import refer
from assistant.opening import open_assistant
from assistant.questions import check_question
from assistant.replay import Replay, compare_answers, question_of, read_saved, saved_form, write_form
from assistant.room import Room
from assistant.words import label, name_language
from corpus.command import print_json, require_whole_number, settings_for
from corpus.documents import Filters
from corpus.errors import NotFound, WrongUse
from corpus.files import write_whole
from corpus.library import Library
from corpus.settings import Settings
from corpus.terms import require_countries


def ask(options: argparse.Namespace) -> int:
    if options.replay:
        return _replay(options)
    check_question(options.question)
    settings = _with_model(settings_for(options), options.model)
    history = _read_history(options.history) if options.history else ()
    library = Library.open(settings.home / "library.db")
    try:
        question = Question(options.question, history, _filters(options, library), options.as_written)
        answer = _answer(question, settings, library)
        if options.save:
            write_whole(options.save, write_form(saved_form(answer, settings, library, datetime.now(UTC))))
    finally:
        library.close()
    if options.json:
        print_json(answer_form(answer))
    else:
        _print_answer(answer)
    return 0 if answer.answered else 1


def _replay(options: argparse.Namespace) -> int:
    """Ask what a record holds once more, of the model that it names; exit status 1 where other places are cited."""
    if options.question is not None or options.save:
        raise WrongUse("--replay asks the question of its record", "leave out the question and --save")
    record = read_saved(options.replay)
    question = question_of(record)
    check_question(question.text)
    settings = _with_model(settings_for(options), options.model or record.settings.get("model"))
    library = Library.open(settings.home / "library.db")
    try:
        answer = _answer(question, settings, library)
        replay = compare_answers(record, answer, settings, library)
    finally:
        library.close()
    if options.json:
        print_json({**asdict(replay), "saved": record.saved, "answer": answer_form(answer)})
    else:
        _print_replay(replay, record.saved)
    return 0 if replay.same_citations else 1


def _answer(question: Question, settings: Settings, library: Library) -> Answer:
    if sys.stderr.isatty():
        print("Preparing the assistant ...", file=sys.stderr)
    *_, answer = open_assistant(settings, library).ask(question)
    return answer


def serve(options: argparse.Namespace) -> int:
    settings = settings_for(options)
    host = options.host or settings.server.host
    port = require_whole_number("--port", options.port, 1, 65535) if options.port else settings.server.port
    from assistant.web.quiet import quiet_gradio

    quiet_gradio(os.environ)
    from assistant.web.app import serve_room
    from assistant.web.rates import Rates

    rates = Rates(settings.server.per_minute)
    library = Library.open(settings.home / "library.db")
    try:
        room = Room(library, lambda: open_assistant(settings, library))
        serve_room(room, host, port, rates, feedback_days=settings.server.feedback_days)
    finally:
        library.close()
    return 0


COMMANDS = {"ask": ask, "serve": serve}


def _with_model(settings: Settings, name: str | None) -> Settings:
    """The settings with the chat model that was named on the command line; its address and key stay those of its kind.

    `none` asks no model.
    """
    if name is None:
        return settings
    model = settings.model
    alike = not model.name or model.name.partition(":")[0] == name.partition(":")[0]
    own = replace(model, name="" if name == NO_MODEL else name)
    return replace(settings, model=own if alike else replace(own, address="", key=""))


def _filters(options: argparse.Namespace, library: Library) -> Filters:
    return Filters(
        years=_years(options.year) if options.year else (),
        series=tuple(options.series),
        countries=tuple(code for name in options.country for code in require_countries(name)),
        languages=tuple(language.casefold() for language in options.language),
        documents=tuple(_slug(name, library) for name in options.document),
    )


def _years(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text)
    if found is None:
        raise WrongUse(f"{text!r} is no year", "write a year such as 2022, or a span such as 2020-2025")
    first, last = int(found[1]), int(found[2] or found[1])
    if first > last:
        raise WrongUse(f"the span {text} ends before it begins", f"write {last}-{first}")
    return first, last


def _slug(name: str, library: Library) -> str:
    """The slug of the one report that is meant: by slug, else by a part of its title. Raises NotFound."""
    documents = library.documents()
    wanted = name.casefold()
    found = [document.slug for document in documents if document.slug.casefold() == wanted]
    found = found or [document.slug for document in documents if wanted in document.title.casefold()]
    if len(found) != 1:
        problem = f"{len(found)} reports are called" if found else "no report is called"
        raise NotFound(f"{problem} {name!r}", "`python -m ingest list` shows slugs and titles")
    return found[0]


def _read_history(path: Path) -> tuple[Turn, ...]:
    try:
        turns = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Turn(str(turn["role"]), str(turn["text"])) for turn in turns)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise WrongUse(
            f"{path} holds no earlier turns ({type(error).__name__})",
            'write JSON such as [{"role": "user", "text": "Which regions are targeted?"}]',
        ) from error


def _printed(sentence: Sentence, language: str) -> str:
    """Only what stands on a page to the letter is put between quotation marks."""
    if sentence.status == "unsupported":
        return f"{sentence.text} ({label('no-source', language)})"
    said = f"\u201c{sentence.text}\u201d" if sentence.status == "verbatim" else sentence.text
    return f"{said} [{', '.join(map(str, sentence.citations))}]"


def _print_answer(answer: Answer) -> None:
    if answer.notice:
        print(answer.notice.text)
        print(f"({answer.notice.source})\n" if answer.notice.source else "")
    if answer.lead:
        print(f"{answer.lead.text}\n")
    _print_sentences(answer)
    for citation in answer.citations:
        period = citation.document.reference_period
        spoken = citation.passage_language
        told = [f"on {period}" if period else None, f"in {name_language(spoken, 'en')}" if spoken else None]
        print(", ".join(filter(None, (f"[{citation.number}] {refer(citation)}", *told))) + f"\n    {citation.link}")
        if citation.also:
            print(f"    {label('also', answer.language)}")
        for other in citation.also:
            print(f"        {refer(other)}\n        {other.link}")
    if answer.abstention:
        _print_abstention(answer.abstention)


def _print_sentences(answer: Answer) -> None:
    """Above a row of a country table stands what its table and its columns are called, once for each table."""
    cited = {one.number: one for one in answer.citations}
    called = {cell.citation: cell.heads for row in answer.table for cell in row.cells if cell.citation and cell.heads}
    shown: int | None = None
    for sentence in answer.sentences:
        heads = called.get(sentence.citations[0]) if sentence.citations else None
        if heads and heads != shown:
            print(f"{' '.join(cited[heads].quote.split())} [{heads}]\n")
        shown = heads
        frames = [cited[number].frame for number in sentence.citations if cited[number].frame]
        about = sentence.about or ", ".join(dict.fromkeys(frames))
        print((f"{about}: " if about else "") + _printed(sentence, answer.language))
        print(f"    {label('speaker', answer.language, who=sentence.speaker)}\n" if sentence.speaker else "")


def _print_abstention(abstention: Abstention) -> None:
    language = abstention.language
    print(abstention.reason)
    if abstention.documents:
        counted = {"reports": f"{abstention.documents} reports", "passages": f"{abstention.passages} passages"}
        print(label("searched", language, **counted, all=abstention.documents, places=abstention.passages))
    if abstention.nearest:
        print(f"\n{label('nearest', language)}. {label('no-answer', language)}")
    for citation in abstention.nearest:
        frame = f"{citation.frame}: " if citation.frame else ""
        print(f"\n{frame}\u201c{citation.quote}\u201d\n    {refer(citation)}\n    {citation.link}")


def _print_replay(replay: Replay, saved: str) -> None:
    library = "The same library" if replay.same_library else "The library, which has changed since,"
    same = "still gives the same citations" if replay.same_citations else "gives other citations"
    words = "" if replay.same_sentences or not replay.same_citations else ", in other words"
    print(f"{library} {same}{words} (saved {saved}).")
    for link in replay.gone:
        print(f"    gone: {link}")
    for link in replay.new:
        print(f"    new:  {link}")
    for change in replay.changed:
        print(f"    {change}")
