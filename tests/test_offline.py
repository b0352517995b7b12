"""The whole flow where every socket but loopback is refused."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.stand_ins import ROOT, SAMPLE

pytestmark = pytest.mark.model

OFFLINE = str(ROOT / "tests" / "offline")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def post(address: str, form: object) -> dict[str, Any]:
    data = json.dumps(form).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        found: dict[str, Any] = json.loads(answer.read())
        return found


@contextmanager
def server(home: Path, log: Path) -> Iterator[str]:
    port = free_port()
    environment = {**os.environ, "EMN_HOME": str(home), "PYTHONPATH": OFFLINE, "PYTHONWARNINGS": "ignore"}
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=errors,
            stderr=errors,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 90
            while True:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                try:
                    get(f"{address}/healthz")
                    break
                except OSError:
                    time.sleep(0.1)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def test_the_refusal_works() -> None:
    program = "import socket; socket.socket().connect(('192.0.2.1', 80))"
    environment = {**os.environ, "PYTHONPATH": OFFLINE}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    assert "REFUSED socket.connect 192.0.2.1" in done.stderr


def test_reports_are_added_asked_and_served_with_no_network_at_all(command: Command, tmp_path: Path) -> None:
    added = command("ingest", "add", str(SAMPLE / "sample-flash-2026-1.pdf"), PYTHONPATH=OFFLINE)
    assert (added.returncode, "REFUSED" in added.stderr) == (0, False), added.stderr
    question = "How many victims were registered in the EU in 2024?"
    asked = command("assistant", "ask", question, PYTHONPATH=OFFLINE)
    assert (asked.returncode, "REFUSED" in asked.stderr) == (0, False), asked.stderr
    log = tmp_path / "server.log"
    with server(tmp_path / "home", log) as address:
        assert get(address + "/")[0] == 200
        answer = post(address + "/api/ask", {"question": question})
        assert answer["answered"] is True
    assert "REFUSED" not in log.read_text()


def test_the_page_is_there_before_the_embedder_and_the_first_question_waits_for_it(
    command: Command, tmp_path: Path
) -> None:
    command("ingest", "add", str(SAMPLE / "sample-flash-2026-1.pdf"))
    with server(tmp_path / "home", tmp_path / "server.log") as address:
        assert get(address + "/healthz")[0] == 200
        assert get(address + "/readyz")[0] == 503
        assert get(address + "/")[0] == 200
        answer = post(address + "/api/ask", {"question": "How many victims were registered in the EU in 2024?"})
        assert answer["answered"] is True
        assert get(address + "/readyz")[0] == 200
        status, page = get(f"{address}/c/{answer['citations'][0]['link']}")
        assert (status, "<mark" in page, "<script" in page) == (200, True, False)


def test_the_server_follows_reports_that_are_added_while_it_runs(command: Command, tmp_path: Path) -> None:
    command("ingest", "add", str(SAMPLE / "sample-flash-2026-1.pdf"))
    question = {"question": "How long is the recovery and reflection period in Norway?"}
    with server(tmp_path / "home", tmp_path / "server.log") as address:
        assert post(address + "/api/ask", question)["answered"] is False
        command("ingest", "add", str(SAMPLE / "sample-inform-2025-1.pdf"))
        assert post(address + "/api/ask", question)["answered"] is True
