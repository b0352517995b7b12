"""How texts are put together for an embedder: those of about the same length, so that little is padded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def batch_by_length(lengths: Sequence[int], pieces: int) -> Iterator[list[int]]:
    """The places of texts of those lengths (word pieces), the longest first, in batches of at most so many pieces.

    Padding is counted; a text that is longer by itself makes a batch. An embedder is fastest where what it computes
    with stays in a processor's caches.
    """
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    while order:
        count = max(1, pieces // max(lengths[order[0]], 1))
        yield order[:count]
        order = order[count:]
