"""Whether a paragraph goes on: over a column, over a page, over a blank line or a stray bullet."""

from __future__ import annotations

from corpus.text import breaks_off, ends_sentence

LONG = 60
"""From this length in characters, a paragraph without a closing mark is one that runs on, not a heading."""


def goes_on(before: str, after: str, *, new_point: bool, laid_out: bool) -> bool:
    """Whether `after` is the rest of `before`.

    `new_point`: a bullet stands before it, which may be a stray one. `laid_out`: the file says where words stand;
    without layout a blank line says little, and two long stretches with no mark between them are one.
    """
    if ends_sentence(before) or (len(before) < LONG and not (breaks_off(before) and after[0].islower())):
        return False
    if not new_point and (before.endswith(",") or before.count("(") > before.count(")")):
        return True
    if after[0].islower():
        return not (new_point and laid_out) or breaks_off(before)
    long_enough = not laid_out and len(after) >= LONG and not after.isupper()
    return not new_point and (breaks_off(before) or long_enough)
