"""Is a file a journal of plain text accounting, and of which program?"""

import re

from explorer.eventlog.formats import Format
from explorer.eventlog.ledgers.beancount import Beancount
from explorer.eventlog.ledgers.journal import Journal
from explorer.eventlog.statements.recognised import StatementHead, of_old
from explorer.patterns import lazy_pattern

_LOOKED_AT = 1 << 18
_BEANCOUNT = lazy_pattern(
    rb'^\d{4}[-/]\d\d[-/]\d\d[ \t]+(?:(?:open|close|balance|pad)[ \t]+[^\W\d_][\w-]*:|(?:[*!]|txn)(?:[ \t]+"[^"\n]*")+)'
    rb'|^(?:option|plugin|include)[ \t]+"',
    re.MULTILINE,
)
_JOURNAL = lazy_pattern(
    rb"^(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}(?:=[\d/.-]+)?(?:[ \t]+(?:[^\n,|{]| \| )*)?\r?\n"
    rb"(?:[ \t]+;[^\n]*\n)*[ \t]+(?:[*!][ \t]+)?[\[(]?[^\s;][^\n]*?(?:[ \t]{2,}|\t)[^\n;]*\d[^\n]*\r?\n[ \t]+[^\s;]",
    re.MULTILINE,
)
_WORDS = lazy_pattern(rb"[^\W\d_][\w-]*:[\w-]+")


def journal(head: StatementHead) -> Format | None:
    """hledger, Ledger or Beancount."""
    block = head.block[:_LOOKED_AT]
    if head.block.lstrip()[:1] in {b"{", b"[", b"<"}:
        return None
    if _BEANCOUNT.search(block) and _WORDS.search(block):
        return Beancount(of_old(head), head.newline)
    return Journal(of_old(head), head.newline) if _JOURNAL.search(block) else None
