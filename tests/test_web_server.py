"""The server as a process: where it listens, what it says, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from assistant.room import Room
from assistant.web.app import serve_room
from corpus.errors import WrongUse
from corpus.library import Library
from tests.fakes import ScriptedAssistant
from tests.room_page import ask
from tests.stand_ins import ROOT

SERVE = """
import os, sys, time
from pathlib import Path
from assistant.web.quiet import quiet_gradio
quiet_gradio(os.environ)
from assistant.room import Room
from assistant.web.app import serve_room
from corpus.library import Library
serve_room(Room(Library.open(Path(sys.argv[1])), lambda: time.sleep(60)), "127.0.0.1", 0)
print(sorted({name.split(".")[0] for name in sys.modules} & {"ingest", "evals", "torch"}))
"""

TOLD_EARLY = """
import os, signal, sys
from pathlib import Path
from assistant.web.quiet import quiet_gradio
quiet_gradio(os.environ)
from assistant.room import Room
from assistant.web.app import serve_room
from corpus.library import Library

class ToldEarly(Room):
    def __getattribute__(self, name):
        if name == "library":
            signal.raise_signal(int(sys.argv[2]))
        return super().__getattribute__(name)

serve_room(ToldEarly(Library.open(Path(sys.argv[1])), lambda: print("loading")), "127.0.0.1", 0)
print("ended")
"""
"""Tells the server to stop while its routes are being made."""


@contextmanager
def running(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own whose assistant never comes, and the address that it printed."""
    command = [sys.executable, "-c", SERVE, str(home / "library.db")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        try:
            yield process, process.stderr.readline().split()[-1]
        finally:
            process.terminate()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    library = Library.open(tmp_path / "library.db")
    yield Room(library, lambda: ScriptedAssistant([]))
    library.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org", ""])
def test_an_address_beyond_this_machine_is_refused_for_want_of_a_sign_in(room: Room, host: str) -> None:
    with pytest.raises(WrongUse, match=r"no sign-in yet.*127\.0\.0\.1, localhost or ::1"):
        serve_room(room, host, 0)


def test_a_port_in_use_is_refused_with_the_remedy(room: Room) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WrongUse, match=r"cannot be used.*give another with --port"):
            serve_room(room, "127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_prints_its_address_lives_before_its_assistant_and_ends_cleanly(
    tmp_path: Path, number: signal.Signals
) -> None:
    with running(tmp_path) as (process, address):
        assert httpx.get(f"{address}healthz").status_code == 200
        assert httpx.get(f"{address}readyz").json()["error"]["code"] == "loading"
        process.send_signal(number)
        out, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert (out.strip(), errors) == ("[]", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_told_to_stop_before_it_is_open_does_not_open(tmp_path: Path, number: signal.Signals) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD_EARLY, str(tmp_path / "library.db"), str(int(number))],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "ended", "")


def test_a_strangers_name_for_this_machine_is_refused(tmp_path: Path) -> None:
    with running(tmp_path) as (_, address):
        response = httpx.get(f"{address}api/documents", headers={"host": "reports.example.org"})
        assert response.status_code == 421
        assert "not known by that name" in response.json()["error"]["message"]
        assert httpx.get(f"{address}api/documents", headers={"host": "localhost:80"}).status_code == 200


def test_no_file_of_the_folder_it_was_started_in_is_served(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with running(tmp_path) as (_, address):
        for place in ("secret.txt", f"{tmp_path}/secret.txt"):
            assert httpx.get(f"{address}gradio_api/file={place}").status_code == 404


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="only Linux shows another process's folder")
def test_its_working_folder_is_empty(tmp_path: Path) -> None:
    with running(tmp_path) as (process, _):
        assert list(Path(f"/proc/{process.pid}/cwd").iterdir()) == []


ANSWERING = """
import os, sys, time
from pathlib import Path
from assistant.web.quiet import quiet_gradio
quiet_gradio(os.environ)
from assistant.room import Room
from assistant.web.app import serve_room
from corpus.library import Library
from tests.fakes import ScriptedAssistant, first_sentence, growing_answer
library = Library.open(Path(sys.argv[1]))
answers = growing_answer([first_sentence(library)])

class Slow(ScriptedAssistant):
    def ask(self, question):
        for answer in super().ask(question):
            yield answer
            time.sleep(float(sys.argv[3]))

serve_room(Room(library, lambda: Slow(answers)), "127.0.0.1", int(sys.argv[2]))
"""


@contextmanager
def answering(library: Library, port: int, pause: float) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server that waits so many seconds after each form of its answer."""
    command = [sys.executable, "-c", ANSWERING, str(library.home / "library.db"), str(port), str(pause)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            yield process, process.stderr.readline().split()[-1]
        finally:
            process.kill()


@pytest.mark.browser
@pytest.mark.long
def test_a_server_that_is_killed_in_mid_answer_is_said_and_answers_two_people_once_it_is_back(
    own_library: Library, browser: Browser
) -> None:
    pages = [browser.new_context().new_page() for _ in range(2)]
    with answering(own_library, 0, 30) as (process, address):
        for page in pages:
            page.goto(address)
            ask(page, "Where from?")
            expect(page.get_by_role("button", name="Stop")).to_be_visible()
        expect(pages[0].locator(".turn .waiting")).to_contain_text("Looking in the reports")
        process.kill()
        for page in pages:
            expect(page.locator(".turn .fault")).to_contain_text("The answer broke off.")
            expect(page.locator("h2.question")).to_have_text("Where from?")
    with answering(own_library, int(address.rstrip("/").rpartition(":")[2]), 0):
        for page in pages:
            page.get_by_role("button", name="Ask again").click()
        for page in pages:
            expect(page.locator(".sources li")).to_have_count(1)
            expect(page.locator("h2.question")).to_have_text("Where from?")
            page.context.close()
