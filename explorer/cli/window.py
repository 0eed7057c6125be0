"""How does the window start from the command line?"""

import argparse
import gc
import os
import sys
from functools import cache
from typing import TYPE_CHECKING

from explorer.cli.arguments import open_options
from explorer.cli.output import FAILED, say

if TYPE_CHECKING:
    from explorer.history.history import Order


def show(arguments: argparse.Namespace) -> int:
    """Open the window; returns when it is closed."""
    if _no_display():
        say("there is no display to open a window on; the commands (see --help) work without one")
        return FAILED
    gc.disable()  # `garbage.go_on` allows it again: until the window is there, next to nothing becomes garbage
    options = cache(lambda: open_options(arguments))
    source = ""
    if arguments.log is not None or arguments.projection != "auto" or arguments.upcast:
        source = arguments.projection if options().projection.language else ""
    from explorer.desktop.app import run

    # a position is one of the log's own order, unless another one is said
    order: Order | None = arguments.order or (None if arguments.position is None else "log")
    return run(arguments.log, options, arguments.position, order, source)


def _no_display() -> bool:
    """True on a system with X or Wayland where neither is there."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
