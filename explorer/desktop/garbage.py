"""When does Python look for objects that only hold each other: while somebody drags, or when all stands still?

Looking through all objects takes some 40 ms, three frames. So what was there before the first window is never
looked at again, and the rest when the person has come to rest. While they move, that is put off: a frame leaves
some 200 objects (rows that are kept), so it comes once in a few hundred frames, and of the young alone.
"""

import gc

YOUNG = 50_000  # objects made and still there before Python looks at them: some megabytes at most
MIDDLE, OLD = 10, 100  # so many times of the younger before the older, so that nothing piles up for ever


def begin() -> None:
    """Modules and their functions stay as long as the program."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


def go_on() -> None:
    """The first window is whole, and what it is made of stays, too; a start that put looking off need not any more."""
    gc.freeze()
    gc.enable()


def look_through_all() -> None:
    """Nobody waits: now is the time."""
    gc.collect()
