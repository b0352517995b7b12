"""Evaluation runs."""

from __future__ import annotations

import argparse
import sys

from corpus.command import common_options


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__, parents=[common_options()])
    parser.parse_args(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
