"""How does a log become a history folder, with every order of time in which it is looked at?"""

from pathlib import Path

from explorer.eventlog.errors import LogError
from explorer.history.folder.from_history import write_folder
from explorer.history.folder.layout import GROUP_ROWS
from explorer.history.folder.opened import FolderCollected
from explorer.history.history import History, Order
from explorer.session.document import Document


def write_history_folder(
    document: Document,
    target: Path,
    *,
    replace: bool = False,
    group_rows: int = GROUP_ROWS,
    log_order: bool = False,
) -> Path:
    """Write the finished history of an open log into a folder; returns where it is. Slow for a large log.

    Args:
        document: The log, read to its end.
        target: What the folder is to be.
        replace: Whether a history folder that stands there may go.
        group_rows: How many rows a row group has.
        log_order: Whether the order of the log is all that is wanted.

    Raises:
        LogError: It cannot be written there, or not all of the log has been read.
    """
    if isinstance(document.collected, FolderCollected):
        raise LogError(document.name, "it is a history folder already: copy it")
    if not document.complete:
        raise LogError(
            document.name, "only its beginning has been read, and a history folder is of a whole log"
        )
    collected = document.collected
    orders = orders_of(document)[: 1 if log_order else None]
    histories: dict[Order, History] = {order: _history(document, order) for order in orders}
    return write_folder(target, collected, histories, replace=replace, group_rows=group_rows)


def orders_of(document: Document) -> list[Order]:
    """The orders of time that a folder has: that of the log, and those that differ from it."""
    events = document.events
    times = events.sorting_ns
    orders: list[Order] = ["log"]
    if events.newest_first or bool((times[1:] < times[:-1]).any()):
        orders.append("time")
    if events.newest_first or document.usual_order == "reversed":
        orders.append("reversed")
    if events.out_of_sequence or document.usual_order == "sequence":
        orders.append("sequence")
    return orders


def _history(document: Document, order: Order) -> History:
    before = document.order
    document.set_order(order)
    try:
        return document.history
    finally:
        document.set_order(before)
