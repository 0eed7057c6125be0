"""How does an open log go on when its file was appended to, and what is said if it has become another one?"""

from explorer.eventlog.file_watch import FileChange
from explorer.eventlog.log import EventLog, open_log, read_otherwise
from explorer.eventlog.profiles.kept import kept_in
from explorer.history.collect import collect
from explorer.history.naming import check_names
from explorer.history.resume import resumption
from explorer.language import tr
from explorer.projection.choose import choose, with_meanings
from explorer.sentences import translated
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.plaintext import visible


def read_on(document: Document, options: OpenOptions) -> Document | None:
    """A document of the log as it is now, in the same order; only what is new is read, where that is possible.

    None if it is another file now, or other bytes. The old document stays as it is. About 0.15 s for a
    million events, so a window calls it on a worker thread.

    Raises:
        LogError: It cannot be opened any more, or the read model is a query that names what the log does not have, now
            that it has events at all, or some of the type that is asked for.
    """
    old = document.log
    profile = options.profile or kept_in(options.profiles_dir)
    if old.live:
        log = read_otherwise(old, options.fields, options.read_as, profile, further=True)
    else:
        assert old.path is not None
        log = open_log(
            old.path, options.fields, read_as=options.read_as, profile=profile, spool_dir=options.spool_dir
        )
    try:
        if not _goes_on(old, log):
            log.close()
            return None
        kept = None
        if log.fields == old.fields and log.profile == old.profile:
            histories = {each.order: each for each in (document.recorded, document.history)}
            kept = resumption(log, document.collected, old.size_bytes, list(histories.values()))
        recipe = with_meanings(options.projection, log.profile.meanings)
        collected = collect(log, lambda sample: choose(recipe, sample, log.fields), kept=kept)
        if collected.complete:
            check_names(collected.model, collected)
        found = Document(collected)
        found.set_order(document.order)
        found.prepare(document.order)
        found.lineage = document.lineage
        collected.before = {}  # the old index is no longer needed
    except BaseException:
        log.close()
        raise
    return found


def _goes_on(old: EventLog, log: EventLog) -> bool:
    """Whether the log is the same file, and was only added to; what a source has told is only ever added to."""
    if old.live:
        return True
    if old.stamp is None or log.stamp is None or not old.stamp.same_file(log.stamp):
        return False
    if old.stamp.plain:
        return log.stamp.size_bytes >= old.stamp.size_bytes and old.stamp.same_ends(log.file)
    # unpacked, or taken out of a database: both are here in full
    return log.size_bytes >= old.size_bytes and log.checksum(old.size_bytes) == old.checksum(old.size_bytes)


# --- what does a person read when the file of their open log has become another? ---------------------


def news_text(name: str, change: FileChange, old_bytes: int) -> str:
    """One sentence on what happened, and what remains; empty if nothing is to be said."""
    match change.kind:
        case "cut":
            text = tr("{name} was cut from {old:,} to {new:,} bytes.")
        case "overwritten":
            text = tr("{name} was overwritten: its bytes are no longer those that were read.")
        case "replaced":
            text = tr("{name} was replaced by another file of that name.")
        case "lost":
            text = tr("The connection to {name} is lost, and is tried again: {reason}.")
        case "changed":
            text = tr("{name}: {reason}.")
        case "gone":
            text = tr("{name} is not there any more: it was moved or deleted, or its drive is gone.")
        case _:
            return ""
    reason = visible(translated(change.reason), 300).rstrip(".")
    said = text.format(name=visible(name, 120), old=old_bytes, new=change.size_bytes, reason=reason)
    if change.kind == "changed":
        return said  # it says itself what remains
    return said + " " + tr("What was loaded stays readable.")
