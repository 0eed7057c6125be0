"""How long does what asks of all events take, of a log that was opened: verify, causes, an export of a CSV log?"""

import time
from pathlib import Path

from explorer.session.document import Document
from explorer.session.files.export_formats import chunks
from explorer.session.files.exports import EventsExport
from explorer.session.options import OpenOptions
from explorer.session.reasons.causes import index_causes, names_of


def of_all(path: Path) -> dict[str, float]:
    """Seconds to open a log, and to do each with it; causes only where events name them."""
    begin = time.perf_counter()
    document = Document.open(str(path), OpenOptions())
    found = {"open": time.perf_counter() - begin}
    begin = time.perf_counter()
    assert sum(map(len, chunks(EventsExport(document, None), "csv")))
    found["export"] = time.perf_counter() - begin
    begin = time.perf_counter()
    assert document.verify().events == document.event_count
    found["verify"] = time.perf_counter() - begin
    names = names_of(document.recorded.events)
    if names.causation is not None:
        begin = time.perf_counter()
        index_causes(document.recorded.events, names)
        found["causes"] = time.perf_counter() - begin
    document.close()
    return found
