"""How is the beginning of a packed log read while the rest of it is still being unpacked?"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from explorer.eventlog.compressed import unpacked
from explorer.eventlog.errors import LogError
from explorer.eventlog.spool import filled, spool_file

BESIDE_BYTES = 1 << 20  # a packed file below this is unpacked at once
LEAST_BYTES = 8 << 20  # so much is there before anything is read


class Unpacking:
    """Unpacks a file on a thread of its own into a private one.

    Attributes:
        file: The private file.
        damage: Why the unpacked bytes end early, if they do; known when all are there.
    """

    def __init__(self, name: str, packing: str, packed: BinaryIO, spool_dir: Path | None) -> None:
        """Begin; `packed` is closed when all is unpacked.

        Raises:
            LogError: There is no place for it.
        """
        self.file = spool_file(name, spool_dir)
        self.damage: str | None = None
        self._name, self._packing, self._packed = name, packing, packed
        self._packed_bytes = os.fstat(packed.fileno()).st_size
        self._bytes = self._taken = 0  # how many are there, and of how many of the packed ones
        self._ended = self._unwanted = False
        self._error: BaseException | None = None
        self._moved = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="unpacking", daemon=True)
        self._thread.start()

    def reaches(self, size_bytes: int) -> bool:
        """Whether so many bytes are there; waits until they are, or there are no more.

        Raises:
            LogError: It cannot be unpacked.
        """
        if self._bytes < size_bytes:
            with self._moved:
                self._moved.wait_for(lambda: self._bytes >= size_bytes or self._ended)
                if self._error is not None:
                    raise self._error
        return self._bytes >= size_bytes

    @property
    def about_bytes(self) -> int:
        """How many bytes it will have about: of what is packed alike."""
        return max(self._bytes, self._bytes * self._packed_bytes // max(self._taken, 1))

    def size_bytes(self) -> int:
        """How many bytes there are; waits until all are there.

        Raises:
            LogError: It cannot be unpacked.
        """
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._bytes

    def stop(self) -> None:
        """Unpack no more."""
        self._unwanted = True
        self._thread.join()

    def _run(self) -> None:
        try:
            with self._packed:
                for count in filled(self._name, self.file, self._blocks()):
                    with self._moved:
                        self._bytes = count
                        self._moved.notify_all()
        except BaseException as error:  # noqa: BLE001 - it is raised where somebody waits for the bytes
            self._error = error
        with self._moved:
            self._ended = True
            self._moved.notify_all()

    def _blocks(self) -> Iterator[bytes]:
        for block in unpacked(self._packing, self._name, self._packed.fileno(), self._take):
            if self._unwanted:
                raise LogError(self._name, "it has been closed")
            if isinstance(block, str):
                self.damage = block
            else:
                yield block

    def _take(self, count: int) -> None:
        self._taken = count
