"""Is a file an archive with one log in it, a spreadsheet or a Parquet file; and what is its content as a log?

Archives are read by ourselves, one member of them; spreadsheets become CSV and Parquet lines of JSON, each in a child.
"""

import json
import os
import struct
import sys
import zlib
from collections.abc import Iterator

import msgspec

from explorer.eventlog.compressed import MOST_RATIO, UNCHECKED_BYTES
from explorer.eventlog.errors import LogError

_BLOCK_BYTES = 1 << 18
_MOST_MEMBERS = 100_000
_MOST_DIRECTORY = 64 << 20
_END_BYTES = (1 << 16) + 22
_SHOWN = 8
HEAD_BYTES = _CHUNK = 512
_ENCRYPTED = 1
_STORED, _DEFLATED = 0, 8


class Member(msgspec.Struct, frozen=True):
    """One file in an archive.

    Attributes:
        offset: Of its header.
        size: How many bytes it takes there.
        method: How it is packed: 0 not at all, 8 deflate.
        flags: As zip has them.
    """

    name: str
    offset: int
    size: int
    method: int = _STORED
    flags: int = 0


class Archive(msgspec.Struct, frozen=True):
    """What a file was found to be: `zip`, `tar`, `sheet` or `parquet`; and its one member, of archives."""

    kind: str
    member: Member | None = None


class SeveralMembers(LogError):  # noqa: N818 - a finding: they can be read together
    """An archive holds several files.

    Attributes:
        members: Each as if it were the only one.
    """

    def __init__(self, name: str, kind: str, logs: list[Member]) -> None:
        self.members = [Archive(kind, each) for each in logs]
        shown = ", ".join(each.name for each in logs[:_SHOWN]) + (" …" if len(logs) > _SHOWN else "")
        super().__init__(
            name, f"this {kind} archive holds {len(logs):,} files, so it was not opened: {shown}"
        )


def may_be_archive(head: bytes) -> bool:
    """Whether `archive_of` has to look at a file that begins so."""
    return head.startswith((b"PAR1", b"PK\x03\x04")) or head[257:262] == b"ustar"


def archive_of(name: str, file: int) -> Archive | None:
    """What a file is of these, if it is one.

    Raises:
        SeveralMembers: It holds several files.
        LogError: It is something else.
    """
    head = os.pread(file, _CHUNK, 0)
    if head.startswith(b"PAR1") and os.fstat(file).st_size > 2 * len(b"PAR1") + 4:
        tail = os.pread(file, 4, os.fstat(file).st_size - 4)
        return Archive("parquet") if tail == b"PAR1" else None
    if head.startswith(b"PK\x03\x04"):
        members = _zip_members(file)
        names = {each.name for each in members}
        kind = "zip"
        if names & {"xl/workbook.xml", "xl/workbook.bin"} or {"mimetype", "content.xml"} <= names:
            kind = "sheet"
        if (other := _document(file, members)) is not None:
            raise LogError(name, f"this is not an event log: it looks like {other}")
        if kind == "sheet":
            return Archive(kind)
        return _one(name, "zip", members)
    if head[257:262] == b"ustar":
        return _one(name, "tar", _tar_members(file))
    return None


def _one(name: str, kind: str, members: list[Member]) -> Archive | None:
    logs = [each for each in members if not _is_beside(each.name)]
    if len(logs) > 1:
        raise SeveralMembers(name, kind, logs)
    return Archive(kind, logs[0]) if logs else None


def _document(file: int, members: list[Member]) -> str | None:
    """What a zip archive is that is no archive to a person: a text document, a program and so on."""
    names = {each.name for each in members}
    for needed, what in _DOCUMENTS:
        if needed in names:
            return what
    first = members[0] if members else None
    if first is None or first.name != "mimetype" or first.method != _STORED:
        return None
    head = os.pread(file, _CHUNK, first.offset)
    return next((what for kind, what in _MIME_TYPES if kind in head), None)


_DOCUMENTS = (
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
    ("AndroidManifest.xml", "an Android app"),
    ("visio/document.xml", "a Visio drawing"),
)
_MIME_TYPES = (
    (b"application/epub+zip", "a book (EPUB)"),
    (b"opendocument.text", "a text document (OpenDocument)"),
    (b"opendocument.presentation", "a presentation (OpenDocument)"),
    (b"opendocument.graphics", "a drawing (OpenDocument)"),
)


def _is_beside(path: str) -> bool:
    """Is it a folder, or what a system or a person leaves beside the files that matter?"""
    last = path.rpartition("/")[2]
    return (
        not last
        or path.startswith("__MACOSX/")
        or last.startswith(".")
        or last in {"Thumbs.db", "desktop.ini", "_SUCCESS"}
        or last.lower().partition(".")[0]
        in {"readme", "license", "licence", "copying", "notice", "sha256sums"}
        or last.lower().endswith((".md", ".pdf", ".sha256", ".md5", ".crc", ".sig", ".asc"))
    )


def content(archive: Archive, name: str, file: int) -> Iterator[bytes | str]:
    """Yield what it holds, block by block; last, as a `str`, why it ends early if it does.

    Raises:
        LogError: It is encrypted, swells beyond all reason, or cannot be read at all.
    """
    if archive.member is None:
        yield from _told(archive.kind, name, file)
    elif archive.kind == "tar":
        yield from _stored(file, archive.member.offset, archive.member.size)
    else:
        yield from _unzipped(name, file, archive.member)


def _stored(file: int, offset: int, size: int) -> Iterator[bytes | str]:
    end = offset + size
    while offset < end:
        block = os.pread(file, min(_BLOCK_BYTES, end - offset), offset)
        if not block:
            yield "the archive ends early"
            return
        yield block
        offset += len(block)


def _unzipped(name: str, file: int, member: Member) -> Iterator[bytes | str]:
    if member.flags & _ENCRYPTED:
        raise LogError(name, f"{member.name} in this zip archive is encrypted")
    if member.method not in {_STORED, _DEFLATED}:
        raise LogError(name, f"{member.name} in this zip archive is packed in a way that is not read")
    header = os.pread(file, 30, member.offset)
    if len(header) < 30:
        yield "the archive ends early"
        return
    begin = member.offset + 30 + sum(struct.unpack("<HH", header[26:30]))
    if member.method == _STORED:
        yield from _stored(file, begin, member.size)
        return
    worker, total, consumed = zlib.decompressobj(wbits=-15), 0, 0
    for block in _stored(file, begin, member.size):
        if isinstance(block, str):
            yield block
            return
        consumed += len(block)
        tail = block
        while tail and not worker.eof:
            try:
                out = worker.decompress(tail, _BLOCK_BYTES * 4)
            except zlib.error:
                yield "the zip data are damaged"
                return
            tail = worker.unconsumed_tail
            total += len(out)
            if total > UNCHECKED_BYTES and total > MOST_RATIO * consumed:
                raise LogError(
                    name, f"it unpacks to more than {MOST_RATIO:,} times its size, so it was not opened"
                )
            if out:
                yield out
    if not worker.eof:
        yield "the zip data end early"


def _zip_members(file: int) -> list[Member]:
    """The files of a zip archive, by its directory; none if that cannot be read."""
    size = os.fstat(file).st_size
    start = max(size - _END_BYTES, 0)
    tail = os.pread(file, _END_BYTES, start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        return []
    count, length, begin = struct.unpack("<HII", tail[at + 10 : at + 20])
    locator = tail[at - 20 : at] if at >= 20 else b""
    if locator.startswith(b"PK\x06\x07"):  # beyond 4 GiB
        record = os.pread(file, 56, struct.unpack("<Q", locator[8:16])[0])
        if len(record) == 56:
            count, length, begin = struct.unpack("<QQQ", record[32:56])
    if length > _MOST_DIRECTORY or count > _MOST_MEMBERS:
        return []
    directory = os.pread(file, length, begin)
    found, place = [], 0
    while directory[place : place + 4] == b"PK\x01\x02" and len(directory) >= place + 46:
        flags, method = struct.unpack("<HH", directory[place + 8 : place + 12])
        packed, whole, named, extra, comment = struct.unpack("<IIHHH", directory[place + 20 : place + 34])
        offset = struct.unpack("<I", directory[place + 42 : place + 46])[0]
        name = directory[place + 46 : place + 46 + named].decode("utf-8", "replace")
        more = directory[place + 46 + named : place + 46 + named + extra]
        packed, offset = _wide(more, whole, packed, offset)
        found.append(Member(name, offset, packed, method, flags))
        place += 46 + named + extra + comment
    return found


def _wide(extra: bytes, whole: int, packed: int, offset: int) -> tuple[int, int]:
    """Sizes beyond 4 GiB stand in a field of their own."""
    at, most = 0, 0xFFFFFFFF
    while at + 4 <= len(extra):
        kind, size = struct.unpack("<HH", extra[at : at + 4])
        if kind == 1:
            numbers = [
                struct.unpack("<Q", extra[each : each + 8])[0] for each in range(at + 4, at + 4 + size - 7, 8)
            ]
            if whole == most and numbers:
                numbers.pop(0)
            if packed == most and numbers:
                packed = numbers.pop(0)
            if offset == most and numbers:
                offset = numbers.pop(0)
        at += 4 + size
    return packed, offset


def _tar_members(file: int) -> list[Member]:
    """The regular files of a tar archive."""
    found: list[Member] = []
    at, name = 0, ""
    while (
        len(found) < _MOST_MEMBERS and len(head := os.pread(file, _CHUNK, at)) == _CHUNK and head.strip(b"\0")
    ):
        try:
            size = (
                int.from_bytes(head[125:136])
                if head[124] & 0x80
                else int(head[124:136].strip(b"\0 ") or b"0", 8)
            )
        except ValueError:
            break
        kind = head[156:157]
        if kind == b"L":  # the name of the next one, where it is long
            name = os.pread(file, min(size, 4_096), at + _CHUNK).rstrip(b"\0").decode("utf-8", "replace")
        else:
            if kind in {b"0", b"\0", b"7"}:
                own = head[:100].rstrip(b"\0").decode("utf-8", "replace")
                prefix = (
                    head[345:500].rstrip(b"\0").decode("utf-8", "replace")
                    if head[257:263] == b"ustar\0"
                    else ""
                )
                found.append(Member(name or (f"{prefix}/{own}" if prefix else own), at + _CHUNK, size))
            name = ""
        at += _CHUNK + -(-size // _CHUNK) * _CHUNK
    return found


def _told(kind: str, name: str, file: int) -> Iterator[bytes | str]:
    """What a child says that a spreadsheet or a Parquet file holds."""
    import subprocess  # only an archive needs it

    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", f"explorer.eventlog.archives.{kind}_child", json.dumps(file)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(file,),
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(each for each in sys.path if each),
            "OMP_NUM_THREADS": "1",
        },
    )
    told = 0
    with child:
        assert child.stdout is not None
        assert child.stderr is not None
        try:
            while block := child.stdout.read(_BLOCK_BYTES):
                told += len(block)
                yield block
        except BaseException:
            child.kill()
            raise
        said = child.stderr.read(1 << 16).decode(errors="replace").strip()
        status = child.wait()
    if status == 0:
        return
    reason = (
        said if status == 1 and said and "\n" not in said else "it cannot be read within the memory allowed"
    )
    if not told:
        raise LogError(name, reason)
    yield reason
