"""How does the program start, as `history-explorer` and as `python -m explorer`?"""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.disable()  # until all is imported, next to nothing becomes garbage
    from explorer.cli.main import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
