"""What becomes of the address of a source on the command line: whose table, and where does its password go?

Whoever may list the processes of a machine sees their words. So a password in an address is overwritten there as soon
as it has been read; what stood there for a few milliseconds may have been seen, and a file of passwords is better.
"""

import argparse
import contextlib
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import address_of, address_of_far, address_of_files, is_address
from explorer.eventlog.sources.feed import PasswordNeeded
from explorer.eventlog.sources.registered import is_far
from explorer.patterns import lazy_pattern

_WORDS = ("log", "other")  # what commands call the logs that they are about
_USER = lazy_pattern(rb"://[^/@\0]*?:([^/?\0]*)@")
_SETTING = lazy_pattern(rb"[?&](?:ssl)?passw(?:or)?d=([^&\0]*)", re.IGNORECASE)
_TRIES = 3


def settle(arguments: argparse.Namespace) -> None:
    """Put addresses without their passwords in the place of those that were given; `--table` becomes a part of them.

    Raises:
        LogError: One is no address, or `--table` is given for a file.
    """
    named = getattr(arguments, "log", None)
    several = named if isinstance(named, list) else [] if named is None else [named]
    if isinstance(named, list):
        arguments.log = named[0] if named else None
    several += getattr(arguments, "also", [])
    if getattr(arguments, "engine", None) == "spark" and several and all(map(is_far, several)):
        arguments.log = several[0] if len(several) == 1 else address_of_far(several).text
        return
    if len(several) > 1 and any(map(is_address, several)):
        raise LogError(
            several[0].partition("://")[0], "several addresses are no one log: only a cluster reads such"
        )
    if several and not any(map(is_address, several)) and hasattr(arguments, "also"):
        arguments.log = _together(several, arguments)
    for word in _WORDS:
        given = getattr(arguments, word, None)
        if isinstance(given, str) and is_address(given):
            address = address_of(given, getattr(arguments, "table", None) or "")
            setattr(arguments, word, address.text)


def _together(several: Sequence[str], arguments: argparse.Namespace) -> str:
    """What to open for files that are named together, or for a folder."""
    path = several[0]
    if len(several) == 1 and (path == "-" or path.endswith((".hxw", ".md")) or not Path(path).exists()):
        return path
    from explorer.eventlog.sources.several_files import as_one_log

    told = arguments.merge or "", arguments.without, arguments.clock
    opened = as_one_log(several)
    return address_of_files(several, *told).text if any(told) or is_address(opened) else opened


def asking[T](answer: Callable[[], T]) -> T:
    """Ask for a password where one is needed and a person can be asked; three times at most."""
    for _ in range(_TRIES):
        try:
            return answer()
        except PasswordNeeded as error:
            if not (sys.stdin is not None and sys.stdin.isatty()):
                raise
            sys.stderr.write(f"{error}\n")
            import getpass  # only where somebody can be asked

            error.address.remember(getpass.getpass(f"password for {error.address.place}: "))
    return answer()


def hide_passwords(words: Sequence[str]) -> None:
    """Overwrite passwords in what the system shows of this process, on Linux; elsewhere nothing can be done."""
    if not any(is_address(word) and (":" in word.partition("://")[2] or "?" in word) for word in words):
        return
    with contextlib.suppress(OSError, ValueError, IndexError):
        shown = Path("/proc/self/cmdline").read_bytes()
        told = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        begin, end = int(told[45]), int(told[46])  # arg_start and arg_end, see proc(5)
        if end - begin != len(shown):
            return
        import ctypes

        for pattern in (_USER, _SETTING):
            for found in pattern.finditer(shown):
                ctypes.memset(begin + found.start(1), ord("x"), found.end(1) - found.start(1))
