"""The tools for other assistants, used by a client of the protocol's own makers."""

from __future__ import annotations

import os
import sys
from typing import Any

from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import CallToolResult

from assistant.ask import Assistant
from assistant.find import Finder
from assistant.room import Asks, Room
from assistant.tools import make_server
from corpus.errors import EmbedderFault
from corpus.index import CurrentIndex
from corpus.library import Library
from tests.fakes import FLASH, first_sentence
from tests.stand_ins import ROOT
from tests.web_client import wait_for

REGIONS = "Measures target six regions: the Sahel, the Horn of Africa, North Africa, Eastern Europe"


def said(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    content: dict[str, Any] = result.structured_content
    return content


def test_a_client_cites_and_lists_over_standard_input(own_library: Library) -> None:
    link = first_sentence(own_library).link
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant", "mcp", "--home", str(own_library.home)],
        env={**os.environ},
        cwd=str(ROOT),
    )

    async def use() -> tuple[list[str], CallToolResult, CallToolResult, CallToolResult]:
        async with Client(stdio_client(started)) as client:
            tools = await client.list_tools()
            return (
                [tool.name for tool in tools.tools],
                await client.call_tool("list_documents", {}),
                await client.call_tool("cite", {"reference": link}),
                await client.call_tool("cite", {"reference": "nothing"}),
            )

    names, documents, cited, refused = wait_for(use())
    assert names == ["ask", "find", "cite", "list_documents"]
    assert FLASH.slug in [document["slug"] for document in said(documents)["documents"]]
    assert said(cited)["quote"] == first_sentence(own_library).quote
    assert refused.is_error
    assert "neither a link" in str(refused.content)


def test_a_client_asks_and_finds(assistant: Assistant, library: Library) -> None:
    index = CurrentIndex(library.home)
    server = make_server(Room(library, lambda: assistant), Finder(library, index), lambda: None)

    async def use() -> tuple[CallToolResult, CallToolResult, CallToolResult]:
        async with Client(server) as client:
            question = {"question": "Which regions do measures target?", "years": [2025, 2025]}
            return (
                await client.call_tool("ask", question),
                await client.call_tool("find", {"text": REGIONS}),
                await client.call_tool("find", {"text": "words"}),
            )

    answer, found, refused = wait_for(use())
    index.close()
    assert "five regions" in said(answer)["citations"][0]["quote"]
    assert {citation["document"]["year"] for citation in said(answer)["citations"]} == {2025}
    assert said(found)["matches"][0]["differences"][0] == {"kind": "number", "yours": "six", "source": "five"}
    assert "fewer than 5 words" in str(refused.content)


def test_a_quote_is_found_where_no_model_can_be_loaded(assistant: Assistant, library: Library) -> None:
    def load() -> Asks:
        raise EmbedderFault("there is no model", "get one")

    index = CurrentIndex(library.home)
    prepared: list[str] = []
    server = make_server(Room(library, load), Finder(library, index), lambda: prepared.append("index"))

    async def use() -> list[CallToolResult]:
        async with Client(server) as client:
            return [await client.call_tool("find", {"text": REGIONS}) for _ in range(2)]

    found = wait_for(use())
    index.close()
    assert [said(one)["verdict"] for one in found] == ["altered", "altered"]
    assert prepared == ["index"]


def test_filters_that_are_none_are_refused_in_words(assistant: Assistant, library: Library) -> None:
    index = CurrentIndex(library.home)
    server = make_server(Room(library, lambda: assistant), Finder(library, index), lambda: None)

    async def use() -> list[CallToolResult]:
        async with Client(server) as client:
            wrong: list[dict[str, Any]] = [{"years": [2025]}, {"years": [2025, 2022]}, {"countries": ["Atlantis"]}]
            return [await client.call_tool("ask", {"question": "Which regions?", **filters}) for filters in wrong]

    refused = wait_for(use())
    index.close()
    assert all(result.is_error for result in refused)
    for result, words in zip(refused, ("a first and a last", "a first and a last", "Atlantis"), strict=True):
        assert words in str(result.content)
