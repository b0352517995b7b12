"""What nobody may read afterwards: no question, answer or file's text in any log, and nothing kept that was let go."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx

from assistant.answers import Question
from assistant.feedback import Letterbox
from assistant.forget import forget_use
from assistant.web.strangers import OWN_PAGE
from tests.conftest import Command
from tests.processes import started
from tests.stand_ins import ROOT

SERVE = """
import logging, os, sys
logging.basicConfig(level=1, filename=sys.argv[1] + "/log")
from pathlib import Path
from assistant.web.quiet import quiet_gradio
quiet_gradio(os.environ)
from assistant.ask import Assistant
from assistant.room import Room
from assistant.web.app import serve_room
from corpus.index import CurrentIndex
from corpus.library import Library
from tests.conftest import add_flashes
from tests.stand_ins import WordEmbedder, judge_by_words, make_desk
home = Path(sys.argv[1])
library, embedder = Library.open(home / "library.db"), WordEmbedder()
add_flashes(make_desk(home, library, embedder), home)
class Broken(Assistant):
    def ask(self, question):
        if "break" in question.text:
            raise ValueError(question.text)
        return super().ask(question)
asked = Broken(library, CurrentIndex(home), embedder, judge=judge_by_words)
for name in list(logging.root.manager.loggerDict):
    logging.getLogger(name).setLevel(1)
serve_room(Room(library, lambda: asked), "127.0.0.1", 0)
"""

QUESTION = "Which regions do the measures of Zanzibarland target?"
SAID = "Measures target five regions: the Sahel, the Horn of Africa, North Africa, Eastern Europe"
BREAKING = "Why does Marmalada Tulipova break?"
INVENTED = "Ermintrude Quillfeather, telephone 0151 555 0199"
SECRETS = ("Zanzibarland", "Sahel", "Marmalada", "Quillfeather", "0151 555")


def use(address: str) -> None:
    """Everything that takes words from a person, once."""
    with httpx.Client(base_url=address, timeout=60, headers={OWN_PAGE: "1"}) as client:
        answer = client.post("/api/ask", json={"question": "Which regions do the measures target?"}).json()
        assert answer["answered"]
        for path in ("/api/ask", "/api/ask/stream"):
            client.post(path, json={"question": QUESTION, "history": [{"role": "user", "text": INVENTED}]})
        assert client.post("/api/ask", json={"question": BREAKING}).status_code == 500
        assert client.post("/api/find", json={"text": SAID}).json()["verdict"] == "verbatim"
        assert client.get("/api/passages", params={"q": QUESTION}).status_code == 200
        assert client.post("/api/check", files={"file": ("Quillfeather.md", INVENTED.encode())}).status_code == 200
        quote = {key: answer["citations"][0][key] for key in ("link", "quote")}
        client.post("/api/basket/export", json={"quotes": [{**quote, "note": INVENTED}], "format": "md"})
        sent = client.post("/api/library/files", params={"name": "Quillfeather.txt"}, content=f"{INVENTED}\n".encode())
        assert sent.status_code == 200
        assert client.get(f"/c/{answer['citations'][0]['link']}").status_code == 200


def test_no_question_answer_or_text_is_in_any_log_at_any_level(tmp_path: Path) -> None:
    with started("-c", SERVE, tmp_path, env={"PYTHONPATH": str(ROOT)}) as process:
        assert process.stderr is not None
        line = ""
        while "is open at" not in line:
            line = process.stderr.readline()
        use(line.split()[-1])
        process.terminate()
        out, errors = process.communicate(timeout=30)
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "DEBUG" in log
    assert [secret for secret in SECRETS if secret in log + out + errors] == []
    (noted,) = re.findall(r"^ERROR:assistant.web.log:(.*)$", log, re.M)
    assert json.loads(noted)["error"] == "ValueError"
    assert set(json.loads(noted)) == {"time", "request", "what", "error", "at"}


def keep_use(home: Path) -> None:
    """Feedback, a run over it, and a file that waits."""
    Letterbox(home).post(Question(QUESTION), "right", (), consent=True)
    (home / "runs" / "one").mkdir(parents=True)
    lines = [{"id": "feedback-1", "question": QUESTION}, {"id": "ours-1", "question": "What is a flash?"}]
    (home / "runs" / "one" / "results.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (home / "runs" / "one" / "report.html").write_text(QUESTION)
    (home / "incoming" / "a").mkdir(parents=True)
    (home / "incoming" / "a" / "report.txt").write_text(INVENTED)


def test_what_is_kept_about_use_is_forgotten_and_the_rest_stays(tmp_path: Path) -> None:
    keep_use(tmp_path)
    (tmp_path / "basket.json").write_text("{}")
    gone = forget_use(tmp_path)
    assert (gone.feedback, gone.results, gone.waiting) == (1, 1, 1)
    kept = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert kept == {"basket.json", "runs/one/results.jsonl"}
    assert "Zanzibarland" not in (tmp_path / "runs" / "one" / "results.jsonl").read_text()


def test_the_command_forgets_and_says_what_is_gone(command: Command, tmp_path: Path) -> None:
    keep_use(tmp_path / "home")
    told = command("assistant", "forget", "--json")
    assert json.loads(told.stdout) == {"feedback": 1, "results": 1, "waiting": 1}
    assert json.loads(command("assistant", "forget", "--json").stdout) == {"feedback": 0, "results": 0, "waiting": 0}


def test_feedback_older_than_its_days_goes_by_itself(tmp_path: Path) -> None:
    folder = tmp_path / "feedback"
    folder.mkdir()
    for name in ("2020-01-01", "2999-01-01"):
        (folder / f"{name}.jsonl").write_text("{}\n")
    Letterbox(tmp_path, days=0)
    assert len(list(folder.iterdir())) == 2
    Letterbox(tmp_path, days=30)
    assert [path.stem for path in folder.iterdir()] == ["2999-01-01"]
