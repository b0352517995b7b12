"""The reading room's page: its tabs and places, carried by Gradio, and the way in to it."""

# Asking goes through our own script to /api/ask/stream, not through Gradio events. A generator of rendered HTML would
# replace the whole conversation each time the answer grows: the focus would be lost, and a screen reader's live region
# with it. Our script adds text nodes to what stands there; whatever a report or a question says can never be markup.
# And with no events there is no route of Gradio's that takes anything from outside.

from __future__ import annotations

import base64
import hashlib
import re

import gradio as gr
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.faults import fault_answer, nothing_here
from assistant.web.templating import TEMPLATES, template_text

_PLACES = ("tabs", "shelf", "conversation", "find", "check", "library", "basket", "evaluation", "source")
_FONTS = ("system-ui", "sans-serif")
_ADDRESSES = re.compile(r"/|/theme\.css|/manifest\.json|/(assets|static)/(?!.*\.\.)[\w./-]+")
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.+?)</script>", re.DOTALL)


def build_page() -> gr.Blocks:
    """The tabs and their places, empty: the page's own script fills them."""
    page = gr.Blocks(title="Reading room", analytics_enabled=False, fill_width=True)
    with page, gr.Row(elem_id="room", equal_height=False):
        for place in _PLACES:
            _add_place(place)
    page.queue(max_size=1, api_open=False)
    return page


def mount_page(app: FastAPI, page: gr.Blocks) -> None:
    """Put the page at `/` of an app, behind all routes that the app has already."""
    hall = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    gr.mount_gradio_app(
        hall,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(font=_FONTS, font_mono=("ui-monospace", "monospace")),
        head_paths=[TEMPLATES / "head.html"],
    )
    app.router.lifespan_context = hall.router.lifespan_context
    app.router.routes.append(_PageMount("/", _WithPolicy(hall)))


def _add_place(name: str) -> None:
    gr.HTML(
        template_text(f"{name}.html"),
        elem_id=f"room-{name}",
        js_on_load=None,
        apply_default_css=False,
        min_width=0,
    )


class _PageMount(Mount):
    """Lets through what the page loads, and nothing else that Gradio would answer: no uploads, files, events."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope.get("method") not in ("GET", "HEAD") or not _ADDRESSES.fullmatch(scope["path"]):
            return Match.NONE, {}
        return super().matches(scope)


class _WithPolicy:
    """Gives Gradio's page the strictest policy that it runs under.

    Its inline scripts are named by their hashes. gr.HTML compiles its (constant) template, which needs `unsafe-eval`;
    Gradio sets style attributes, which need `unsafe-inline` for styles alone.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/":
            await self._send_file(scope, receive, send)
            return
        start: Message = {}
        page = b""

        async def collect(message: Message) -> None:
            nonlocal start, page
            if message["type"] == "http.response.start":
                start = message
            page += message.get("body", b"")

        await self._app(_plain(scope), receive, collect)
        MutableHeaders(scope=start)["content-security-policy"] = _policy(page)
        await send(start)
        await send({"type": "http.response.body", "body": page})

    async def _send_file(self, scope: Scope, receive: Receive, send: Send) -> None:
        missing = False

        async def send_found(message: Message) -> None:
            nonlocal missing
            missing = missing or message.get("status", 200) >= 400
            if not missing:
                await send(message)

        await self._app(scope, receive, send_found)
        if missing:
            await fault_answer(nothing_here(), 404)(scope, receive, send)


def _plain(scope: Scope) -> Scope:
    """The request without its query, which Gradio would load files by, and without compression."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "query_string": b"", "headers": headers}


def _policy(page: bytes) -> str:
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE_SCRIPT.findall(page))
    scripts = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src 'self' 'unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; "
        "form-action 'self'; frame-src 'none'; object-src 'none'; frame-ancestors 'none'"
    )
