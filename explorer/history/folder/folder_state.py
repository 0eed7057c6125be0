"""How is what a page of a table shows read together, the tables of a folder side by side?"""

from collections.abc import Callable
from functools import partial

from explorer.history.folder.folder_names import FolderNames
from explorer.history.folder.lines import FolderLine
from explorer.history.state import Int64s, State

_THREADS = (
    2  # decoding waits for no disk, mostly, and what Python does with it they cannot do at the same time
)


class StateInFolder(State):
    """A state of a folder."""

    def to_read(self, codes: Int64s) -> list[Callable[[], None]]:
        """See `State.to_read`."""
        lines = {id(each): each for each in (*self._field_histories.values(), self.touches)}.values()
        work: list[Callable[[], None]] = []
        for line in lines:
            assert isinstance(line, FolderLine)
            missing = line.missing(codes)
            if len(missing):
                work.append(partial(line.read, missing))
        names = self._entities
        if isinstance(names, FolderNames) and names.is_missing(codes):
            work.append(partial(names.look_at, codes))
        return work

    def look_at(self, codes: Int64s) -> None:
        """See `State.look_at`."""
        work = self.to_read(codes)
        if len(work) < _THREADS:
            for each in work:
                each()
            return
        from concurrent.futures import ThreadPoolExecutor  # only very many entities need it

        with ThreadPoolExecutor(_THREADS, "page reader") as pool:
            list(pool.map(lambda each: each(), work))
