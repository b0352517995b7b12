"""What a process of ours that reads strangers' files may use."""

from __future__ import annotations


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
