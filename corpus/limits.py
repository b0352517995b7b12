"""What a process of ours that reads strangers' files may use."""

from __future__ import annotations

import os
from pathlib import Path


def limit_memory(megabytes: int) -> None:
    """Limit this process's address space. Where the system knows no such limit or refuses it, time alone bounds it."""
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    except (OSError, ValueError):
        return


def child_environment() -> dict[str, str]:
    """What such a process sees: this very program, wherever it was started, and none of the user's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EMN_")}
    return {**kept, "PYTHONPATH": str(Path(__file__).resolve().parent.parent), "PYTHONSAFEPATH": "1"}
