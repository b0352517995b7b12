"""How long each step of an answer takes."""

from __future__ import annotations

import time


class Clock:
    """Milliseconds by step."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._steps: list[tuple[str, float]] = []

    def end(self, step: str) -> None:
        now = time.perf_counter()
        self._steps.append((step, 1000 * (now - self._last)))
        self._last = now

    def times(self) -> tuple[tuple[str, float], ...]:
        return (*self._steps, ("total", 1000 * (time.perf_counter() - self._began)))
