"""How does the program start, as `history-explorer` and as `python -m explorer`, and how does it end?"""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.disable()  # until all is imported, next to nothing becomes garbage
    from explorer.cli.main import main as run

    _leave(run())


def _leave(status: int) -> None:
    """End, after a command without taking to pieces all that is in memory: that takes longer than many an answer."""
    import atexit
    import contextlib
    import os
    import threading

    # Qt has its own farewells, and so have threads
    if threading.active_count() == 1 and "PySide6" not in sys.modules:
        atexit._run_exitfuncs()  # noqa: SLF001 - as the interpreter does
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):  # what could be said of it was said
                stream.flush()
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    main()
