"""What each `python -m ingest` command does, once its arguments are parsed."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from corpus.catalogue import Entry, load_catalogue, read_catalogue
from corpus.command import STOPPED, document_form, error_form, print_json, settings_for
from corpus.embedding import embedder_digest, load_embedder
from corpus.errors import Fault, UnreadableDocument, WrongUse
from corpus.files import writing
from corpus.library import Library
from corpus.progress import Progress, progress_for
from corpus.settings import Settings
from corpus.text import shown
from ingest.add import Desk, Outcome, add_files
from ingest.backups import backup, restore
from ingest.candidates import find_files
from ingest.client import Client, bounds_of
from ingest.describe import Described, Given, edit
from ingest.export import export_embedder
from ingest.fetch import Fetched, Missed, Shelf, choose_entries, fetch_or_say_why, given_of
from ingest.forget import forgotten_line, purge_report
from ingest.given import read_given
from ingest.listing import list_catalogue
from ingest.reading import limits_of
from ingest.rebuild import catch_up, find_problems, rebuild
from ingest.show import description_lines, line_width, show, source_form
from ingest.stopping import closing_words, stopped_by_person

_NAMED = 5
"""Files that are passed over and named."""

_STATES = ("added", "unchanged", "replaced", "failed")


def add(options: argparse.Namespace) -> int:
    settings = settings_for(options)
    found = [entry for path in options.paths for entry in find_files(path)]
    files = [path for path, readable in found if readable]
    if not files:
        raise WrongUse(
            f"there is no report in {shown(str(options.paths[0]))}",
            "name a folder with PDF, Word, HTML, Markdown or text files",
        )
    outcomes: list[Outcome] = []
    skipped = [path for path, readable in found if not readable]
    with writing(settings.home), _desk(settings, options) as desk, progress_for(options, len(files)) as progress:
        if options.if_empty and desk.library.documents():
            files = []
        with stopped_by_person(desk.readers.stop):
            for outcome in _add_side_by_side(files, read_given(options), settings, desk, progress):
                outcomes.append(outcome)
                progress.finish(_line(outcome))
            catch_up(desk, progress.tell)
    left = files[len(outcomes) :]
    status = _tell(outcomes, len(skipped), options, left, _names(skipped))
    if not desk.readers.stopped:
        return status
    print(closing_words(len(outcomes), left), file=sys.stderr)
    return STOPPED


def fetch(options: argparse.Namespace) -> int:
    """Fetch all, then add all; what was fetched and is not added yet waits for the next call."""
    settings = settings_for(options)
    entries = read_catalogue(options.catalogue) if options.catalogue else load_catalogue()
    shelf = Shelf(settings.home)
    with _library(settings) as library:
        order = choose_entries(entries, options.ids, shelf.held(library.documents()))
    outcomes = [Outcome(name, slug, "unchanged") for name, slug in order.held.items()]
    with writing(shelf.folder):
        came = _fetch_all(order.wanted, shelf, settings, options)
        outcomes += [Outcome(one.entry.id, None, "failed", error=one.fault) for one in came if isinstance(one, Missed)]
        outcomes += _add_fetched([one for one in came if isinstance(one, Fetched)], settings, options)
    return _tell(outcomes, order.without_address, options)


def _fetch_all(
    entries: Sequence[Entry], shelf: Shelf, settings: Settings, options: argparse.Namespace
) -> list[Fetched | Missed]:
    came = []
    with Client(bounds_of(settings.fetch)) as client, progress_for(options, len(entries)) as progress:
        for entry in entries:
            one = fetch_or_say_why(entry, shelf, client, settings.fetch.file_mb << 20, progress)
            told = f"failed: {one.fault.message}" if isinstance(one, Missed) else f"fetched: {one.address}"
            progress.finish(f"{entry.id}: {told}")
            came.append(one)
    return came


def _add_fetched(bodies: Sequence[Fetched], settings: Settings, options: argparse.Namespace) -> Iterator[Outcome]:
    if not bodies:
        return
    with writing(settings.home), _desk(settings, options) as desk, progress_for(options, len(bodies)) as progress:
        for body in bodies:
            for outcome in _add_side_by_side([body.path], given_of(body.entry), settings, desk, progress):
                progress.finish(_line(outcome))
                if outcome.error is None:
                    body.path.unlink()
                yield replace(outcome, path=body.address, error=outcome.error and _kept(body.path, outcome.error))
        catch_up(desk, progress.tell)


def _kept(path: Path, fault: Fault) -> UnreadableDocument:
    """Why a fetched file could not be added, and that it is tried again as it is unless a person deletes it."""
    again = f"the next fetch tries {shown(str(path))} again, or downloads it anew where you delete that file"
    return UnreadableDocument(fault.kind, fault.message, f"{fault.remedy}; {again}")


def _tell(
    outcomes: list[Outcome], skipped: int, options: argparse.Namespace, left: Sequence[Path] = (), names: str = ""
) -> int:
    """Say what came of all files, and return the exit status. `left`: those that a person who stopped it left out."""
    counts = {status: sum(outcome.status == status for outcome in outcomes) for status in _STATES}
    if options.json:
        documents = [_outcome_form(outcome) for outcome in outcomes]
        print_json({"documents": documents, "skipped": skipped, **counts, "left": [shown(str(path)) for path in left]})
    else:
        _print_failures(outcomes)
        told = {**counts, f"passed over{names}": skipped, "not added": len(left)}
        print(", ".join(f"{count} {words}" for words, count in told.items() if count) or "nothing to add")
    return _exit_status(counts["failed"], len(outcomes))


def _names(paths: Sequence[Path]) -> str:
    """Some of the files by their names, and how many more there are, between brackets; nothing for none."""
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return f" ({', '.join(shown(path.name) for path in paths[:_NAMED])}{more})" if paths else ""


def _add_side_by_side(
    files: list[Path], given: Given, settings: Settings, desk: Desk, progress: Progress
) -> Iterator[Outcome]:
    """However this ends, no reader is left behind, and what is not in the library whole is not in it at all."""
    threads = settings.reader.at_once or min(os.cpu_count() or 1, len(files))
    with ThreadPoolExecutor(max(threads, 1)) as executor:
        try:
            yield from add_files(files, given, desk, executor, progress)
        except BaseException:
            desk.readers.stop()
            raise


def list_reports(options: argparse.Namespace) -> int:
    with _library(settings_for(options)) as library:
        documents = library.documents()
    if options.json:
        print_json({"documents": [document_form(document) for document in documents]})
        return 0
    for document in documents:
        print(f"{document.slug:40} {document.year or '    '}  {document.title}")
    if not documents:
        print("The library is empty; `python -m ingest add PATH` adds reports.")
    return 0


def edit_report(options: argparse.Namespace) -> int:
    settings = settings_for(options)
    given = read_given(options)
    if given == Given():
        raise WrongUse("nothing to change was named", "`python -m ingest edit --help` lists what can be")
    with writing(settings.home), _desk(settings, options) as desk, Progress(sys.stderr, 1) as progress:
        document = desk.library.document(options.slug)
        edited = edit(Described(document, tuple(desk.library.sources(document.sha256))), given)
        desk.library.describe(edited.document, edited.sources)
        catch_up(desk, progress.tell)
    if options.json:
        print_json({"document": document_form(edited.document), "sources": source_form(edited.sources)})
    else:
        print("\n".join(description_lines(edited.document, edited.sources, line_width())))
    return 0


def remove(options: argparse.Namespace) -> int:
    settings = settings_for(options)
    with writing(settings.home), _desk(settings, options) as desk, Progress(sys.stderr, 1) as progress:
        if options.purge:
            gone = purge_report(desk, options.slug, progress.tell)
            form: dict[str, object] = {"purged": options.slug, "editions": gone.editions, "since": gone.since}
            told = forgotten_line(options.slug, gone)
        elif options.undo:
            form = {"put_back": document_form(desk.library.holdings.put_back(options.slug).document)}
            catch_up(desk, progress.tell)
            told = f"{options.slug} is searched again, as it was described."
        else:
            form = {"removed": document_form(desk.library.document(options.slug))}
            desk.library.remove(options.slug)
            catch_up(desk, progress.tell)
            told = f"{options.slug} is out of every search; its links still show their words."
    if options.json:
        print_json(form)
    else:
        print(told)
    return 0


def check(options: argparse.Namespace) -> int:
    with _desk(settings_for(options), options) as desk:
        problems = find_problems(desk)
    if options.json:
        print_json({"clean": not problems, "problems": problems})
    else:
        print("\n".join(problems) or "Library, index and files agree.")
    return 1 if problems else 0


def rebuild_index(options: argparse.Namespace) -> int:
    settings = settings_for(options)
    with writing(settings.home), _desk(settings, options) as desk, Progress(sys.stderr, 1) as progress:
        manifest = catch_up(desk, progress.tell) or rebuild(desk, progress.tell)
    if options.json:
        print_json({"passages": manifest.passages, "texts": manifest.texts})
    else:
        print(f"The index holds {manifest.passages} passages.")
    return 0


COMMANDS = {
    "add": add,
    "fetch": fetch,
    "catalogue": list_catalogue,
    "list": list_reports,
    "show": show,
    "edit": edit_report,
    "remove": remove,
    "check": check,
    "rebuild": rebuild_index,
    "export": export_embedder,
    "backup": backup,
    "restore": restore,
}


@contextmanager
def _library(settings: Settings) -> Iterator[Library]:
    library = Library.open(settings.home / "library.db")
    try:
        yield library
    finally:
        library.close()


@contextmanager
def _desk(settings: Settings, options: argparse.Namespace) -> Iterator[Desk]:
    with _library(settings) as library:
        yield Desk(
            settings.home,
            library,
            embedder_digest(settings.library.embedder),
            functools.cache(lambda: load_embedder(settings.library.embedder, settings.home)),
            settings.library.passage_pieces,
            limits_of(settings.reader),
            vars(options).get("password") or "",
            recognise=bool(vars(options).get("ocr")),
        )


def _line(outcome: Outcome) -> str:
    if outcome.error is not None:
        return f"failed: {outcome.error.message}; {outcome.error.remedy}"
    if outcome.status == "unchanged":
        return f"unchanged: {outcome.path} is {outcome.slug}"
    warned = f", {len(outcome.warnings)} pages to look at" if outcome.warnings else ""
    return f"{outcome.status}: {outcome.slug}, {outcome.pages} pages, {outcome.passages} passages{warned}"


def _print_failures(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.error is not None:
            print(f"{outcome.error.message}; {outcome.error.remedy}.", file=sys.stderr)


def _outcome_form(outcome: Outcome) -> dict[str, object]:
    return {
        "path": outcome.path,
        "slug": outcome.slug,
        "status": outcome.status,
        "pages": outcome.pages,
        "passages": outcome.passages,
        "seconds": round(outcome.seconds, 3),
        "error": error_form(outcome.error) if outcome.error else None,
        "warnings": [asdict(warning) for warning in outcome.warnings],
    }


def _exit_status(failed: int, files: int) -> int:
    if not failed:
        return 0
    return 2 if failed == files else 1
