"""Is a file a bank statement, and of which kind? Said by its first bytes."""

import codecs
import re
from typing import Protocol

from explorer.eventlog.errors import LogError
from explorer.eventlog.formats import Format
from explorer.eventlog.read_as import OLD, ReadAs
from explorer.eventlog.statements.camt import Camt
from explorer.eventlog.statements.mt940 import Mt940
from explorer.eventlog.statements.ofx import Ofx
from explorer.eventlog.statements.qif import Qif
from explorer.eventlog.statements.xml_elements import declared_encoding
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

_LOOKED_AT = 1 << 14
_CAMT = lazy_pattern(
    rb"(?s)\s*<.{0,4000}?urn:iso:std:iso:20022:tech:xsd:(camt\.05[234])|\s*<.{0,4000}?<BkToCstmr"
)
_MT940 = lazy_pattern(
    rb"\s*(?:\{1:F\d\d[A-Z0-9]|:20:[^\n]*\s+:2[158]|:940:|\{4:\s*:20:)|(?s:.{0,2000}?)^:60[FM]:R?[CD]\d{6}",
    re.MULTILINE,
)
_MT9 = lazy_pattern(rb"^:(?:60[FM]|61|34F|90[CD]):", re.MULTILINE)
_OFX = lazy_pattern(rb"(?is)\s*(?:OFXHEADER:|<\?xml.{0,400}<\?OFX|<OFX>)")
_QIF = lazy_pattern(rb"(?i)\s*!(?:type|account|option|clear):?")


class StatementHead(Protocol):
    """What it is recognised by, see `sniff.Head`."""

    @property
    def text(self) -> Text: ...
    @property
    def newline(self) -> bytes: ...
    @property
    def told(self) -> ReadAs: ...
    @property
    def block(self) -> bytes: ...


def camt(head: StatementHead) -> Format | None:
    """CAMT.052, .053 or .054."""
    found = _CAMT.match(head.block[:_LOOKED_AT])
    if found is None:
        return None
    kind = "CAMT" if found[1] is None else found[1].decode().upper()
    return Camt(as_declared(head), kind)


def mt940(head: StatementHead) -> Format | None:
    """MT940 or MT942."""
    if not _MT940.match(head.block[:_LOOKED_AT]) or not _MT9.search(head.block):
        return None
    return Mt940(of_old(head), head.newline)


def ofx(head: StatementHead) -> Format | None:
    """OFX 1 or 2."""
    return Ofx(of_old(head)) if _OFX.match(head.block[:_LOOKED_AT]) else None


def qif(head: StatementHead) -> Format | None:
    """QIF."""
    known = _QIF.match(head.block[:_LOOKED_AT])
    return Qif(of_old(head), head.newline, head.told.dates) if known else None


def as_declared(head: StatementHead) -> Text:
    """The text in the encoding that an XML file names, unless a person said another."""
    named = declared_encoding(head.block)
    if head.told.encoding is not None or named is None or head.text.width == 2:
        return head.text
    try:
        return Text(head.text.source, named)
    except LogError:
        return head.text


def of_old(head: StatementHead) -> Text:
    """The text; where it is no UTF-8, that of a time before it. That is a guess, and is said."""
    text = head.text
    if head.told.encoding is not None or not text.is_utf8:
        return text
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head.block)
    except UnicodeDecodeError:
        text = Text(text.source, OLD)
        text.guessed = True
    return text
