"""Which query did a person write for a log, whether or not the log is read by it?"""

from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.settings import Settings
from explorer.projection.model import Recipe
from explorer.session.changes.kept_branches import KeptQuery, query_read, query_written
from explorer.session.document import Document

KEPT_AS = "query"


class Queries:
    """The last query that was written for each log; it is there again when the log is opened again."""

    def __init__(self, settings: Settings) -> None:
        self._kept = PerLog(settings)

    def of(self, document: Document | None) -> KeptQuery | None:
        """What was written for a log."""
        return None if document is None else query_read(self._kept.get(document, KEPT_AS))

    def of_path(self, path: str) -> KeptQuery | None:
        """The same for a log of which only the name is known."""
        return query_read(self._kept.of_path(path, KEPT_AS))

    def keep(self, document: Document, written: Recipe, used: Recipe | None) -> bool:
        """Keep what was written, and what is used; False if it is too long for that."""
        return self._kept.put(document, KEPT_AS, query_written(KeptQuery(written, used)))
