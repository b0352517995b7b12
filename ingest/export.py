"""`export`: the embedder's model in the form that starts and computes fastest, made once."""

from __future__ import annotations

import argparse
import sys

from corpus.command import print_json, settings_for
from corpus.embedding import embedder_digest
from corpus.exported import find_export, home_folder, shared_folder
from corpus.progress import Progress


def export_embedder(options: argparse.Namespace) -> int:
    """Exit status 0. Raises EmbedderFault where the model cannot be exported: torch serves it then."""
    settings = settings_for(options)
    name = settings.library.embedder
    digest = embedder_digest(name)
    found = find_export(settings.home, digest)
    if found is None or options.again:
        folder = (shared_folder() if options.everywhere else home_folder(settings.home)) / digest
        from corpus.export_torch import export_model

        with Progress(sys.stderr, 1) as progress:
            progress.tell("exporting the model, and holding it against the original")
            found = folder, export_model(name, folder)
    folder, made = found
    if options.json:
        print_json({"folder": str(folder), "cosine": made.cosine, "dimension": made.dimension, "limit": made.limit})
    else:
        print(
            f"The model stands exported in {folder}; its vectors are the original's (cosine {made.cosine:.6f} or more)."
        )
    return 0
