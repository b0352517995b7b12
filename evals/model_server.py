"""A chat model on loopback that speaks the OpenAI protocol and says, or does, what it was told to."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model does when it is asked.

    `text` is streamed a word at a time; where it is a function, it is handed the request as it came. `finish`: why it
    ended, None for breaking off. `repeats`: without end. `pause`: seconds before each word. `pings`: comments only.
    `status` and `body`: sent instead of a stream.
    """

    text: str | Callable[[dict[str, Any]], str] = ""
    finish: str | None = "stop"
    repeats: bool = False
    pause: float = 0.0
    pings: bool = False
    status: int = 200
    body: str | None = None


@dataclass(slots=True)
class ModelServer:
    """`asked` holds what came, `keys` the keys that came with it."""

    address: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


@contextmanager
def model_server(reply: Reply) -> Iterator[ModelServer]:
    """A server that replies like this to every request, on a free port."""
    closing = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    model = ModelServer(f"http://127.0.0.1:{server.server_port}/v1")
    server.RequestHandlerClass = _handler(reply, model, closing)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(reply: Reply, model: ModelServer, closing: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append(request)
            model.keys.append(self.headers["Authorization"])
            is_whole = reply.body is not None or reply.status != 200
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json" if is_whole else "text/event-stream")
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):
                for event in [_body(reply)] if is_whole else _events(reply, request):
                    if closing.is_set():
                        return
                    self.wfile.write(event)

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def _body(reply: Reply) -> bytes:
    return (reply.body or json.dumps({"error": {"message": "no", "type": "fault"}})).encode()


def _events(reply: Reply, request: dict[str, Any]) -> Iterator[bytes]:
    text = reply.text if isinstance(reply.text, str) else reply.text(request)
    words = re.findall(r"\S+\s*", text)
    for word in cycle(words or [""]) if reply.repeats or reply.pings else words:
        time.sleep(reply.pause)
        yield b": ping\n\n" if reply.pings else _event({"content": word}, None)
    if reply.finish is not None:
        yield _event({}, reply.finish) + _usage(len(words)) + b"data: [DONE]\n\n"


def _event(delta: dict[str, str], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    return _data({"choices": [choice]})


def _usage(words: int) -> bytes:
    usage = {"prompt_tokens": 100, "completion_tokens": words, "total_tokens": 100 + words}
    return _data({"choices": [], "usage": usage})


def _data(form: dict[str, Any]) -> bytes:
    whole = {"id": "a", "object": "chat.completion.chunk", "created": 1, "model": "scripted", **form}
    return f"data: {json.dumps(whole)}\n\n".encode()


def offered(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The numbered sentences of a request, as the model sees them."""
    told = str(request["messages"][-1]["content"])
    return [json.loads(line) for line in told.splitlines() if line.startswith('{"number"')]


def citing(text: str, words: str) -> Callable[[dict[str, Any]], str]:
    """A reply with the number of the offered sentence that holds these words in place of `{}`."""

    def reply(request: dict[str, Any]) -> str:
        number = next(one["number"] for one in offered(request) if words in one["sentence"])
        return text.format(number)

    return reply
