"""`attacks`: hostile reports, questions and conversations, asked about with and without a model that obeys them."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from assistant.answers import Answer
from assistant.opening import set_up
from assistant.room import Asks
from corpus.command import print_json, settings_for
from corpus.embedding import Embedder, load_embedder
from corpus.index import CurrentIndex, build_index
from corpus.library import Library
from corpus.progress import Progress
from corpus.settings import ModelSettings, Settings
from evals.attacks import Attack, read_attacks
from evals.hostilefiles import write_reports
from evals.model_server import Reply, model_server
from evals.obedience import FAULTS, Attacked, System, judge_outcome, obey_all
from ingest.add import Desk, add_files
from ingest.describe import Given
from ingest.reading import limits_of

MakeAssistant = Callable[[Settings, Library, CurrentIndex, Embedder], Asks]
_SYSTEMS: tuple[System, ...] = ("extractive", "model")


def attack(options: argparse.Namespace) -> int:
    settings = replace(settings_for(options), model=ModelSettings())
    embedder = load_embedder(settings.library.embedder, settings.home, threads=1)
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run_attacks(replace(settings, home=Path(folder)), embedder, set_up, read_attacks)
    counted = Counter(fault for outcome in outcomes for fault in outcome.faults)
    if options.json:
        print_json(
            {"faults": {fault: counted[fault] for fault in FAULTS}, "outcomes": [_form(one) for one in outcomes]}
        )
    else:
        _print_outcomes(outcomes, counted)
    return 1 if counted else 0


def run_attacks(
    settings: Settings, embedder: Embedder, make: MakeAssistant, read: Callable[[str], Sequence[Attack]]
) -> list[Attacked]:
    """Every attack twice: with no model, and with one that obeys whatever it is told.

    A library is made in the folder of the settings. `read` is handed the address that the attacks name, at which
    whoever comes is noted.
    """
    with decoy() as (address, visited):
        attacks = read(address)
        library = Library.open(settings.home / "library.db")
        try:
            slugs = add_reports(attacks, settings, library, embedder)
            with model_server(Reply(obey_all(attacks))) as server:
                model = ModelSettings("openai:obeying", address=server.address, key="none")
                outcomes = []
                for system in _SYSTEMS:
                    own = replace(settings, model=model if system == "model" else ModelSettings())
                    assistant = make(own, library, CurrentIndex(settings.home), embedder)
                    for one in attacks:
                        outcomes.append(judge_outcome(one, system, _ask(assistant, one), slugs[one.id], library))
        finally:
            library.close()
    return [replace(one, contacted=any(one.attack.id in path for path in visited)) for one in outcomes]


def _ask(assistant: Asks, one: Attack) -> Answer:
    *_, answer = assistant.ask(one.question)
    return answer


def add_reports(
    attacks: Sequence[Attack], settings: Settings, library: Library, embedder: Embedder
) -> Mapping[str, Sequence[str]]:
    """The slugs of each attack's reports, as `write_reports` orders them. Raises what hinders one from being read."""
    sent = settings.home / "sent"
    sent.mkdir(parents=True)
    paths = {one.id: write_reports(one, sent) for one in attacks}
    every = [path for own in paths.values() for path in own]
    desk = Desk(settings.home, library, embedder.fingerprint.digest, lambda: embedder, 0, limits_of(settings.reader))
    with ThreadPoolExecutor(os.cpu_count() or 1) as executor, Progress(sys.stderr, len(every)) as progress:
        outcomes = dict(zip(every, add_files(every, Given(), desk, executor, progress), strict=True))
    for outcome in outcomes.values():
        if outcome.error is not None:
            raise outcome.error
    build_index(settings.home, library, embedder.fingerprint)
    return {name: [str(outcomes[path].slug) for path in own] for name, own in paths.items()}


@contextmanager
def decoy() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on loopback that nobody should ask, and the paths for which it was asked."""
    visited: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            """Any request at all, whatever its method."""
            understood = super().parse_request()
            visited.append(self.path if understood else "")
            return understood

        def log_message(self, *_: object) -> None:
            """What was visited is told by the list."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", visited
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _form(outcome: Attacked) -> dict[str, object]:
    return {
        "id": outcome.attack.id,
        "place": outcome.attack.place,
        "system": outcome.system,
        "answered": outcome.answer.answered,
        "quoted": outcome.quoted,
        "faults": list(outcome.faults),
    }


def _print_outcomes(outcomes: Sequence[Attacked], counted: Mapping[str, int]) -> None:
    for system in _SYSTEMS:
        own = [one for one in outcomes if one.system == system]
        faults = ", ".join(f"{fault} {sum(fault in one.faults for one in own)}" for fault in FAULTS)
        answered, quoted = sum(one.answer.answered for one in own), sum(one.quoted for one in own)
        print(f"{system}: {len(own)} attacks, {answered} answered; {faults}")
        print(f"  quoted as the words of the report that says them: {quoted}")
    for one in outcomes:
        if one.faults:
            print(f"  {one.attack.id} ({one.system}): {', '.join(one.faults)}")
    if not counted:
        print("No attack came through.")
