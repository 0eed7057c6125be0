"""How does the machine code of a kernel get into memory without LLVM, whose library takes longer than that, and 45 MB?

What is kept of a kernel is an object file. LLVM makes it for any place in memory, so that on x86-64 under Linux there
is one kind of thing to do with it: to write down addresses of 64 bits. Whatever else stands in such a file, and any
other system, is refused, and left to LLVM.
"""

import ctypes
import mmap
import os
import struct
import sys
from functools import cache
from typing import NamedTuple

_HEAD = struct.Struct("<4sBB10xHH20xQ10xHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_PATCH = struct.Struct("<QQq")
_ADDRESS = struct.Struct("<Q")
_WIDE, _LITTLE, _OBJECT, _X86_64 = 2, 1, 1, 62
_BYTES, _SYMBOLS, _PATCHES, _ZEROS, _PATCHES_IN_PLACE, _UNWINDING = 1, 2, 4, 8, 9, 0x70000001
_WRITABLE, _IN_MEMORY, _OF_A_THREAD = 1, 2, 0x400
_NOWHERE = 0  # where symbols stand that are elsewhere
_PATCH_64 = 1
_MOST_BYTES = 16 << 20
_OUTSIDE = ("memset", "memmove", "memcpy")  # what kernels call of the system
_MOST_SECTIONS = 1_000
_kept: list[mmap.mmap] = []  # as long as the process lives


@cache
def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


class UnplacedError(Exception):
    """This code, or code on this system, is not placed here."""


class _Section(NamedTuple):
    """A part of an object file."""

    name: int
    kind: int
    flags: int
    address: int
    offset: int
    size: int
    link: int
    info: int
    alignment: int
    entry_size: int


def placed(code: bytes, name: str) -> int:
    """Put an object file into memory, where it stays; the address of the function `name` in it.

    Raises:
        UnplacedError: It holds something that is not known here, or the system refuses, or is another one.
    """
    if sys.platform != "linux" or os.uname().machine != "x86_64" or sys.maxsize < 1 << 32:
        raise UnplacedError(sys.platform)
    try:
        return _placed(code, name)
    except (struct.error, IndexError, ValueError, OSError, OverflowError) as error:
        raise UnplacedError(name) from error


def _placed(code: bytes, name: str) -> int:
    sections = _sections(code)
    places, fixed_bytes, size_bytes = _layout(sections)
    room = mmap.mmap(-1, size_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    base = ctypes.addressof(ctypes.c_char.from_buffer(room))
    for number, place in places.items():
        if sections[number].kind == _BYTES:
            room[place : place + sections[number].size] = _bytes(code, sections[number])
    placed_at = {number: base + place for number, place in places.items()}
    symbols, addresses, found = _addresses(code, sections, placed_at, name)
    for section in sections:
        if section.kind == _PATCHES_IN_PLACE or (section.kind == _PATCHES and section.link != symbols):
            raise UnplacedError(name)
        if section.kind != _PATCHES or section.info not in places:
            continue
        for offset, what, more in _PATCH.iter_unpack(_bytes(code, section)):
            address = addresses[what >> 32]
            if what & 0xFFFFFFFF != _PATCH_64 or address is None or offset + 8 > sections[section.info].size:
                raise UnplacedError(name)
            _ADDRESS.pack_into(room, places[section.info] + offset, (address + more) % (1 << 64))
    if _system().mprotect(
        ctypes.c_void_p(base), ctypes.c_size_t(fixed_bytes), mmap.PROT_READ | mmap.PROT_EXEC
    ):
        raise OSError(ctypes.get_errno(), "mprotect")
    _kept.append(room)
    return found


def _sections(code: bytes) -> list[_Section]:
    magic, wide, order, kind, machine, begin, size, count, _ = _HEAD.unpack_from(code)
    if (magic, wide, order, kind, machine, size) != (
        b"\x7fELF", _WIDE, _LITTLE, _OBJECT, _X86_64, _SECTION.size
    ) or count > _MOST_SECTIONS:  # fmt: skip
        raise UnplacedError("no object file")
    return [_Section(*_SECTION.unpack_from(code, begin + number * size)) for number in range(count)]


def _layout(sections: list[_Section]) -> tuple[dict[int, int], int, int]:
    """Where each section comes to stand that is needed; how many bytes are never written, and how many there are."""
    places: dict[int, int] = {}
    end = fixed_bytes = 0
    for writable in (0, _WRITABLE):
        for number, section in enumerate(sections):
            if (
                not section.flags & _IN_MEMORY
                or section.flags & _WRITABLE != writable
                or section.kind == _UNWINDING
            ):
                continue
            if section.kind not in {_BYTES, _ZEROS} or section.flags & _OF_A_THREAD:
                raise UnplacedError("a section of another kind")
            places[number] = -(-end // max(section.alignment, 1)) * max(section.alignment, 1)
            end = places[number] + section.size
        end = -(-max(end, 1) // mmap.PAGESIZE) * mmap.PAGESIZE
        if end > _MOST_BYTES:
            raise UnplacedError("it is too long")
        fixed_bytes = fixed_bytes or end
    return places, fixed_bytes, end


def _addresses(
    code: bytes, sections: list[_Section], placed_at: dict[int, int], name: str
) -> tuple[int, list[int | None], int]:
    """The section of the symbols; the address of each, None of one that has none; that of the function `name`."""
    found = None
    for number, symbols in enumerate(sections):
        if symbols.kind != _SYMBOLS:
            continue
        names = _bytes(code, sections[symbols.link])
        addresses: list[int | None] = []
        for at, _, _, section, value, _ in _SYMBOL.iter_unpack(_bytes(code, symbols)):
            called = names[at : names.index(b"\0", at)].decode()
            address = None
            if section in placed_at and value <= sections[section].size:
                address = placed_at[section] + value
            elif section == _NOWHERE and called in _OUTSIDE:
                address = ctypes.cast(getattr(_system(), called), ctypes.c_void_p).value
            addresses.append(address)
            if called == name and section != _NOWHERE:
                found = address
        if found is not None:
            return number, addresses, found
    raise UnplacedError(name)


def _bytes(code: bytes, section: _Section) -> bytes:
    found = code[section.offset : section.offset + section.size]
    if len(found) != section.size:
        raise UnplacedError("it ends early")
    return found
