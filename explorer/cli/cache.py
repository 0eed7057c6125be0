"""What does the command about kept indexes print?"""

import argparse

from explorer.cli.main import FINE, cache_dir
from explorer.history.cache import IndexCache


def cache(arguments: argparse.Namespace) -> int:
    """`cache`: where and how large; with `--clear`, delete them."""
    folder = cache_dir(arguments)
    assert folder is not None
    kept = IndexCache(folder)
    if arguments.clear:
        print(f"{kept.clear():,} bytes freed in {folder}")
    else:
        print(f"{kept.size_bytes:,} bytes in {folder}")
    return FINE
