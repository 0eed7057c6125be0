"""Where does a history folder stand, and how are bytes of its files read by range, whole or with a plain sentence?

On this machine files are opened read-only and read by place, never mapped into memory; Arrow does that by itself, so
that no thread waits for another one of Python's. At
`s3://bucket/path` (and what speaks like S3) ranges are fetched; keys come from the environment or from the address,
and are kept in the memory of this process alone.
"""

import os
import stat
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from explorer.eventlog.errors import LogError
from explorer.eventlog.folder_mark import MANIFEST, is_history_folder
from explorer.eventlog.sources.address import Address, address_of, is_address
from explorer.history.folder.layout import arrow
from explorer.history.folder.manifest import MOST_BYTES

SCHEME = "s3"
_TIMEOUT_S = 10.0


class OpenedFile(Protocol):
    """One open file of a folder."""

    size_bytes: int
    close: Callable[[], object]

    def read_at(self, offset: int, length: int) -> bytes:
        """So many bytes from there on; fewer at its end.

        Raises:
            OSError: They cannot be read.
        """


class FolderPlace:
    """A history folder, wherever it stands.

    Attributes:
        name: What to call it in a sentence.
        text: What opens it again; without keys.
        bytes_read: How many bytes of tables were read so far, where this program reads them for Arrow.
        far: Whether to ask once for much costs less than to ask several times for little.
    """

    far = False

    name: str
    text: str

    def __init__(self) -> None:
        self.bytes_read = 0

    def opened(self, file: str) -> OpenedFile:
        """One of its files; `file` has been checked to be a name inside of it.

        Raises:
            OSError: It is not there.
        """
        raise NotImplementedError

    def manifest(self) -> bytes:
        """What stands in its manifest.

        Raises:
            LogError: It has none.
        """
        try:
            file = self.opened(MANIFEST)
        except OSError as error:
            raise LogError(self.name, _why(error)) from error
        try:
            if file.size_bytes > MOST_BYTES:
                raise LogError(self.name, "it is no history folder: its manifest.json is too large")
            return file.read_at(0, file.size_bytes)
        except OSError as error:
            raise LogError(self.name, f"it cannot be read: {_plain(error)}") from error
        finally:
            file.close()

    def parquet(self, file: str, texts: Sequence[str] = (), end: Any = None) -> Any:  # noqa: ANN401 - of Parquet
        """A table's part, of which nothing is read but its end, unless that is known; of `texts`, equal ones once.

        Raises:
            LogError: It is not there, or no Parquet.
        """
        pa, pq = arrow()
        try:
            return pq.ParquetFile(
                self._source(file),
                metadata=end,
                page_checksum_verification=True,
                pre_buffer=self.far,
                read_dictionary=list(texts),
            )
        except (OSError, pa.ArrowException) as error:
            raise self.damaged(file, error) from error

    def _source(self, file: str) -> Any:  # noqa: ANN401 - a file of Arrow
        return arrow()[0].PythonFile(_Ranges(self, self.opened(file)), "r")

    def damaged(self, file: str, error: BaseException) -> LogError:
        """What is said of a file that cannot be read as it was written."""
        if isinstance(error, FileNotFoundError):
            return LogError(self.name, f"the history folder is not whole: {file} is missing")
        return LogError(self.name, f"the history folder is damaged: {file} is not as it was written")


class LocalPlace(FolderPlace):
    """A folder on this machine."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.name, self.text = folder.absolute().name or str(folder), str(folder)

    def opened(self, file: str) -> OpenedFile:
        """See `FolderPlace.opened`."""
        return _LocalFile(self._folder / file)

    def _source(self, file: str) -> Any:  # noqa: ANN401
        path = self._folder / file
        opened = _LocalFile(path)
        try:
            if not opened.is_file:
                raise FileNotFoundError(file)
            return arrow()[0].OSFile(str(path), "r")
        except UnicodeEncodeError:  # a name that is no text
            return super()._source(file)
        finally:
            opened.close()


class ObjectPlace(FolderPlace):
    """A folder in a store of objects that speaks like S3."""

    far = True

    def __init__(self, address: Address) -> None:
        super().__init__()
        self.text, self.name = address.text, address.place
        self._bucket = f"{address.hosts}/{address.database}".rstrip("/")
        self._files = _objects(address)

    def opened(self, file: str) -> OpenedFile:
        """See `FolderPlace.opened`."""
        return _ObjectFile(self._files, f"{self._bucket}/{file}")


def place_of(path: str) -> FolderPlace | None:
    """The place of a history folder that is named so; None if it is something else.

    Raises:
        LogError: It is an address of objects, and no place for one.
    """
    if is_address(path):
        if path.partition("://")[0].lower() != SCHEME:
            return None
        return ObjectPlace(address_of(path))
    folder = Path(path)
    folder = (
        folder.parent if folder.name == MANIFEST else folder
    )  # as one chooses it where only files can be chosen
    try:
        return LocalPlace(folder) if is_history_folder(folder) else None
    except (OSError, ValueError):
        return None


class _LocalFile:
    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        self.close: Callable[[], object] = weakref.finalize(self, os.close, self._file)
        about = os.fstat(self._file)
        self.size_bytes, self.is_file = about.st_size, stat.S_ISREG(about.st_mode)

    def read_at(self, offset: int, length: int) -> bytes:
        parts = []
        while length > 0 and (block := os.pread(self._file, length, offset)):
            parts.append(block)
            offset, length = offset + len(block), length - len(block)
        return parts[0] if len(parts) == 1 else b"".join(parts)


class _ObjectFile:
    def __init__(self, files: Any, path: str) -> None:  # noqa: ANN401 - a file system of Arrow
        self._file = files.open_input_file(path)
        self.close: Callable[[], object] = self._file.close
        self.size_bytes = self._file.size()

    def read_at(self, offset: int, length: int) -> bytes:
        return bytes(self._file.read_at(length, offset))


class _Ranges:
    """A file as Arrow reads it, with the bytes counted."""

    def __init__(self, place: FolderPlace, file: OpenedFile) -> None:
        self._place, self._file = place, file
        self._at = 0
        self.closed = False

    def read(self, length: int = -1) -> bytes:
        size = self._file.size_bytes
        length = size - self._at if length is None or length < 0 else min(length, size - self._at)
        found = self._file.read_at(self._at, length) if length > 0 else b""
        self._at += len(found)
        self._place.bytes_read += len(found)
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + {0: 0, 1: self._at, 2: self._file.size_bytes}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def size(self) -> int:
        return self._file.size_bytes

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return True

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True
        self._file.close()


def _objects(address: Address) -> Any:  # noqa: ANN401 - a file system of Arrow
    arrow()
    from pyarrow import fs  # type: ignore[import-untyped]

    told = dict(address.settings)
    options: dict[str, Any] = {"request_timeout": _TIMEOUT_S, "connect_timeout": _TIMEOUT_S}
    if address.user and address.password:
        options |= {"access_key": address.user, "secret_key": address.password}
    elif told.pop("anonymous", ""):
        options["anonymous"] = True
    endpoint = told.pop("endpoint", "") or os.environ.get("AWS_ENDPOINT_URL", "")
    if endpoint:
        scheme, _, host = endpoint.rpartition("://")
        options |= {"endpoint_override": host, "scheme": scheme or "https"}
    if region := told.pop("region", "") or os.environ.get("AWS_REGION", ""):
        options["region"] = region
    if told:
        raise LogError(
            address.place, f"there is no setting “{min(told)}”: they are anonymous, endpoint and region"
        )
    try:
        return fs.S3FileSystem(**options)
    except (OSError, ValueError) as error:
        raise LogError(address.place, f"it cannot be reached: {_plain(error)}") from error


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no history folder: it has no manifest.json"
    if isinstance(error, PermissionError):
        return "you do not have permission to read it"
    return f"it cannot be reached: {_plain(error)}"


def _plain(error: BaseException) -> str:
    text = str(getattr(error, "strerror", None) or error)
    return text.split("\n", 1)[0][:300]
