"""When does Python look for objects that only hold each other: while somebody drags, or when all stands still?

Looking through all objects takes some 40 ms, three frames. So what was there before the first window is never
looked at again, and the rest when the person has come to rest; while they move only what is young.
"""

import gc

OLDER = 100  # collections of the middle-aged before one of all: some minutes of dragging, so that it cannot pile up


def begin() -> None:
    """Modules and their functions stay as long as the program."""
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, OLDER)


def look_through_all() -> None:
    """Nobody waits: now is the time."""
    gc.collect()
