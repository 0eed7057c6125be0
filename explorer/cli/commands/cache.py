"""What does `cache` print: how large are the kept indexes, and where?"""

import argparse

from explorer.cli.arguments import cache_dir
from explorer.cli.output import FINE
from explorer.history.cache import IndexCache


def declare(parser: argparse.ArgumentParser) -> None:
    """`cache`."""
    parser.add_argument("--clear", action="store_true", help="delete them")
    parser.add_argument("--cache", metavar="DIR", help="the folder that was given when they were made")


def run(arguments: argparse.Namespace) -> int:
    """Print it; with `--clear`, delete them."""
    folder = cache_dir(arguments)
    assert folder is not None
    kept = IndexCache(folder)
    if arguments.clear:
        print(f"{kept.clear():,} bytes freed in {folder}")
    else:
        print(f"{kept.size_bytes:,} bytes in {folder}")
    return FINE
