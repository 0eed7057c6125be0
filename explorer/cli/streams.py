"""What if standard input or output is closed, full, or no longer listened to?"""

import contextlib
import errno
import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Output(io.FileIO):
    """Standard output that remembers whether something could not be written.

    Attributes:
        lost: Whether that has happened.
    """

    lost = False

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write, as any file does."""
        try:
            return super().write(data)
        except OSError:
            self.lost = True
            raise


def open_closed() -> None:
    """Put something in the place of standard streams that are closed: no file that is opened may come to stand there.

    What a program reads or writes there fails, as it should; only standard error swallows it.
    """
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)  # the lowest free number is this one
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, "r", closefd=False)
    if sys.stdout is None or (sys.stdout is sys.__stdout__ and not isinstance(_raw(), _Output)):
        if sys.stdout is not None:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()  # what was said before stands before
        terminal = os.isatty(1)
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(_Output(1, "w", closefd=False)), line_buffering=terminal
        )
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", closefd=False, encoding="utf-8", errors="backslashreplace")


def output_is_lost() -> bool:
    """Could something that was said not be written?"""
    raw = _raw()
    return isinstance(raw, _Output) and raw.lost


def _raw() -> object:
    return getattr(getattr(sys.stdout, "buffer", None), "raw", None)


def give_up_output() -> None:
    """Let what is still to be written, at the latest at the end of the process, vanish."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    with contextlib.suppress(OSError):
        sys.stdout.flush()


def why(error: OSError) -> str:
    """The reason, as a clause."""
    if error.errno == errno.EBADF:
        return "standard output is closed"
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]
