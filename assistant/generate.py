"""Any LangChain chat model by `provider:name`, streamed within a deadline; nothing is traced."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import langsmith
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessageChunk, HumanMessage, SystemMessage

from assistant.answers import Usage
from assistant.chat import ModelFault, Piece, Prompt
from corpus.errors import WrongUse
from corpus.settings import ModelSettings

LOG = logging.getLogger(__name__)
_LONGEST = 8
"""Characters of a reply for each token that it may have; whoever writes more writes without end."""

_FINISHED = frozenset({"stop", "end_turn", "eos", "complete", "completed"})
_PROVIDERS = {"mistral": "mistralai", "openai-compatible": "openai"}


def load_model(name: str, settings: ModelSettings) -> LangChainModel:
    """A chat model by `provider:name`. Raises WrongUse for a name without form or a provider that is not installed."""
    provider, _, model = name.partition(":")
    provider = _PROVIDERS.get(provider, provider)
    if not provider or not model:
        raise WrongUse(f"{name[:60]!r} is no chat model", "write provider:name, such as ollama:llama3.2")
    try:
        chat = init_chat_model(model, model_provider=provider, **_arguments(provider, settings))
    except ImportError as error:
        remedy = f"install it: `python -m pip install langchain langchain-{provider}`"
        raise WrongUse(f"the package for chat models of {provider!r} is not installed", remedy) from error
    except Exception as error:  # noqa: BLE001 - whatever a provider raises may quote the key, so nothing of it is passed on
        raise WrongUse(
            f"the chat model {name[:60]!r} cannot be set up ({type(error).__name__})",
            "check provider, name, EMN_MODEL_KEY and EMN_MODEL_ADDRESS",
        ) from None
    if not isinstance(chat, BaseChatModel):
        raise WrongUse(f"{name[:60]!r} is no chat model", "write provider:name, such as ollama:llama3.2")
    return LangChainModel(chat, longest=_LONGEST * settings.tokens)


def _arguments(provider: str, settings: ModelSettings) -> dict[str, Any]:
    """What each provider calls the same things. Without a key of ours, none is sent to an address of ours."""
    address = {"base_url": settings.address} if settings.address else {}
    key = {"api_key": settings.key} if settings.key else {}
    bounds = {"timeout": settings.seconds, "max_retries": 0, "max_tokens": settings.tokens}
    if provider == "ollama":
        headers = {"headers": {"Authorization": f"Bearer {settings.key}"}} if settings.key else {}
        return {**address, "num_predict": settings.tokens, "client_kwargs": {"timeout": settings.seconds, **headers}}
    if provider == "openai":
        spare = {"api_key": "none"} if address and not key else {}
        return {**address, **key, **spare, **bounds, "stream_usage": True}
    return {**address, **key, **bounds}


class LangChainModel:
    """A chat model of LangChain's. `longest`: characters of a reply, at most.

    Replies are read on an event loop of its own, so that each can be left at once, and because providers keep
    connections open between calls, which belong to one loop.
    """

    def __init__(self, chat: BaseChatModel, *, longest: int) -> None:
        self._chat = chat
        self._longest = longest
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def stream(self, prompt: Prompt, seconds: float) -> Iterator[Piece]:
        """See `ChatModel`. Leaving the iterator ends the call."""
        came: queue.SimpleQueue[Piece | ModelFault | None] = queue.SimpleQueue()
        task = asyncio.run_coroutine_threadsafe(self._read(prompt, seconds, came.put), self._running())
        try:
            while (piece := came.get()) is not None:
                if isinstance(piece, ModelFault):
                    raise piece
                yield piece
        finally:
            task.cancel()

    async def _read(self, prompt: Prompt, seconds: float, put: Callable[[Piece | ModelFault | None], None]) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._read_all(prompt, put)
        except TimeoutError:
            put(ModelFault("late", seconds=f"{seconds:g}"))
        except ModelFault as fault:
            put(fault)
        except Exception as error:  # noqa: BLE001 - providers raise what they like; a fault of theirs is never one of ours
            LOG.warning("a chat model failed: %s", type(error).__name__)
            put(_fault(error))
        finally:
            put(None)

    async def _read_all(self, prompt: Prompt, put: Callable[[Piece | ModelFault | None], None]) -> None:
        messages = [SystemMessage(prompt.instructions), HumanMessage(prompt.request)]
        read, reason = 0, ""
        with langsmith.tracing_context(enabled=False):
            async for chunk in self._chat.astream(messages):
                text = chunk.text
                read += len(text)
                if read > self._longest:
                    raise ModelFault("endless")
                await asyncio.sleep(0)  # where pieces come without a pause, the deadline would never be looked at
                reason = _reason(chunk) or reason
                usage = getattr(chunk, "usage_metadata", None)
                put(Piece(text, Usage(usage["input_tokens"], usage["output_tokens"]) if usage else None))
        if reason.lower() not in _FINISHED:
            raise ModelFault("broke-off")

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="chat-model", daemon=True).start()
            return self._loop


def _reason(chunk: BaseMessageChunk) -> str:
    """Why a reply ended, in the provider's word; empty where a chunk does not say."""
    told = chunk.response_metadata
    return str(told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason") or "")


def _fault(error: BaseException) -> ModelFault:
    """What went wrong in words of ours: what a provider says may hold the key or the question."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    names = {kind.__name__ for kind in type(error).__mro__}
    if any("Timeout" in name for name in names):
        return ModelFault("slow")
    if status == 429:
        return ModelFault("busy")
    if status in (401, 403):
        return ModelFault("refused")
    if isinstance(status, int):
        return ModelFault("error", status=status)
    if names & {"APIConnectionError", "ConnectError", "ConnectionError", "OSError"}:
        return ModelFault("unreachable")
    if names & {"RemoteProtocolError", "ReadError", "IncompleteRead"}:
        return ModelFault("broke-off")
    return ModelFault("unreadable")
