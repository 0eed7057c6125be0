"""What is a person asked before commands may append to a log, and how is it opened for that?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.desktop import plain
from explorer.eventlog.stamp import network_kind
from explorer.eventlog.writer import COUNTED_BYTES, Known, Writer
from explorer.language import tr
from explorer.session.changes.commanding import can_decide
from explorer.session.document import Document
from explorer.session.files.scratch import is_copy
from explorer.session.plaintext import visible


def ask(widget: QWidget, document: Document, accept: Callable[[], None]) -> None:
    """Say what will happen to the log, and how it is going to be read; call `accept` if the person wants that."""
    name, told = visible(document.name, 80), []
    ready = can_decide(document)
    if not ready and document.event_count == 0:
        text = tr(
            "{name} has no event yet, and nothing says what it is about. Commands follow the rules of accounts: it"
            " will be read by the read model accounts."
        )
        told.append(text.format(name=name))
    elif not ready:
        text = tr(
            "{name} is read by the read model {model}. Commands follow the rules of accounts: it will be read by the"
            " read model accounts instead."
        )
        told.append(text.format(name=name, model=visible(document.projection_name, 40)))
    text = tr(
        "Commands will append new events at the end of {name}. Nothing that stands in it is changed or"
        " deleted, and no event can be taken back: to correct one, another is appended."
    )
    told.append(text.format(name=name))
    if is_copy(document.path):
        text = tr(
            "This is a copy. It is deleted when another log is opened or the program ends, unless you save it"
            " elsewhere (File, Save the copy as)."
        )
        told.append(text)
    kind = network_kind(Path(str(document.path)))
    if kind is not None:
        text = tr("It lies on a network drive ({kind}): an append from another machine may come between.")
        told.append(text.format(kind=kind))
    box = plain.box(widget, tr("Record"), "\n\n".join(told))
    yes = box.addButton(
        tr("&Record") if ready else tr("Choose &accounts and record"), QMessageBox.ButtonRole.AcceptRole
    )
    yes.clicked.connect(accept)
    box.open()


def open_writer(document: Document) -> Callable[[], Writer]:
    """What opens a log for appending; slow, on a network drive."""
    path, fields, known = str(document.path), document.fields, None
    if document.log.size_bytes > COUNTED_BYTES:  # else its events are soon counted anew
        known = Known(document.log.size_bytes, document.event_count)
    return lambda: Writer.open(path, fields=fields, known=known)
