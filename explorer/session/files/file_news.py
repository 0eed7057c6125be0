"""What does a person read when the file of their open log has become another?"""

from explorer.eventlog.file_watch import FileChange
from explorer.language import tr
from explorer.session.plaintext import visible


def news_text(name: str, change: FileChange, old_bytes: int) -> str:
    """One sentence on what happened, and what remains; empty if nothing is to be said."""
    match change.kind:
        case "cut":
            text = tr("{name} was cut from {old:,} to {new:,} bytes.")
        case "overwritten":
            text = tr("{name} was overwritten: its bytes are no longer those that were read.")
        case "replaced":
            text = tr("{name} was replaced by another file of that name.")
        case "gone":
            text = tr("{name} is not there any more: it was moved or deleted, or its drive is gone.")
        case _:
            return ""
    said = text.format(name=visible(name, 120), old=old_bytes, new=change.size_bytes)
    return said + " " + tr("What was loaded stays readable.")
