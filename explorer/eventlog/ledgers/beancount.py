"""How is a journal of Beancount read: dated directives, and postings indented below transactions?

Options, plugins and other files are not carried out; what they would add is not there, and that is said.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from explorer.eventlog.csv_rows import lines_of
from explorer.eventlog.entries import WrittenEntries, WrittenEntry
from explorer.eventlog.errors import LogError
from explorer.eventlog.ledgers.amounts import Amount, NotStated, beancount_amount, worked_out
from explorer.eventlog.ledgers.journal import MOST_BYTES
from explorer.eventlog.ledgers.postings import Posting, Transaction, entries_of, settled
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

_DIRECTIVE = lazy_pattern(r"(\d{4})[-/](\d\d)[-/](\d\d)\s+(\S+)(?:\s+(.*))?")
_ACCOUNT = r"[^\W\d_][\w-]*(?::[\w-]+)+"
_POSTING = lazy_pattern(rf"\s+(?:[*!&#?%]\s+|[A-Z]\s+)?({_ACCOUNT})(?:\s+(.*))?")
_TEXT = lazy_pattern(r'"((?:[^"\\]|\\.)*)"')
_BALANCE = lazy_pattern(rf"({_ACCOUNT})\s+(.+?)(?:\s+~\s*.*)?")
_METADATA = lazy_pattern(r"\s+[a-z][\w-]*:(?:\s.*)?$")
_NOT_CARRIED_OUT = {
    "include": "another journal, which is not read: open it by itself",
    "plugin": "a plugin, which is not carried out",
}
_OTHER = frozenset("price commodity note event document custom query".split())


class Beancount(WrittenEntries):
    """Its postings, and which accounts are opened and closed."""

    name = "journal (Beancount)"

    def __init__(self, text: Text, newline: bytes) -> None:
        super().__init__()
        self.text = text
        self._newline = newline
        if text.source.size_bytes > MOST_BYTES:
            raise LogError(text.source.name, f"a journal of more than {MOST_BYTES >> 20} MiB is not read")

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        found = list(self._transactions())
        settled([each for each in found if isinstance(each, Transaction)], below=True)
        for each in found:
            if isinstance(each, WrittenEntry):
                yield each
            else:
                yield from entries_of(each)

    def _transactions(self) -> Iterator[Transaction | WrittenEntry]:  # noqa: C901 - one line after the other
        current: Transaction | None = None
        quoted = False  # a text goes on behind its line
        for unit, line, skeleton in lines_of(self.text, self._newline):
            offset, size = self.text.byte(unit), len(skeleton) * self.text.width
            text = self.text.decoded(self.text.source.read(offset, size), "replace").rstrip()
            if quoted:
                quoted = text.count('"') % 2 == 0
                continue
            bare = _without_comment(text)
            quoted = _TEXT.sub("", bare).count('"') % 2 == 1
            if not bare.strip():
                if current is not None and not text.strip():
                    yield current
                    current = None
                continue
            if text[0] in " \t":
                found = _POSTING.fullmatch(bare)
                if current is not None and not current.event and found is not None:
                    current.postings.append(_posting(found, offset, size, line))
                elif (
                    current is not None
                    and not current.event
                    and not _METADATA.match(bare)
                    and bare.strip()[0] not in '#^"'
                ):
                    posting = Posting("", offset, size, line, fault="a posting that cannot be read")
                    current.postings.append(posting)
                continue
            if current is not None:
                yield current
            current = None
            found = _DIRECTIVE.fullmatch(bare)
            if found is None:
                word = text.split(None, 1)[0]
                if word in _NOT_CARRIED_OUT:
                    yield WrittenEntry(offset, size, line, reason=_NOT_CARRIED_OUT[word])
                elif text[0].isdigit():
                    yield WrittenEntry(offset, size, line, reason="it is no directive that is known")
                continue
            day, kind, rest = f"{found[1]}-{found[2]}-{found[3]}", found[4], found[5] or ""
            made = _directive(day, kind, rest, offset, size, line)
            if isinstance(made, WrittenEntry):
                yield made
            else:
                current = made
        if current is not None:
            yield current


def _directive(
    day: str, kind: str, rest: str, offset: int, size: int, line: int
) -> Transaction | WrittenEntry | None:
    if kind in {"*", "!", "txn", "P"} or (len(kind) == 1 and kind in "&#?%STCURM"):
        texts = [each.replace('\\"', '"') for each in _TEXT.findall(rest)]
        payee, narration = (texts[0], texts[1]) if len(texts) > 1 else ("", texts[0] if texts else "")
        outside = _TEXT.sub("", rest)
        said: dict[str, object] = {
            "payee": payee, "description": narration, "status": "pending" if kind == "!" else None,
            "tags": re.findall(r"#([\w./-]+)", outside) or None, "links": re.findall(r"\^([\w./-]+)", outside) or None,
        }  # fmt: skip
        return Transaction(day, [], said)
    if kind in {"open", "close"}:
        account = rest.split(maxsplit=1)[0] if rest.split() else ""
        first = 0 if kind == "open" else 2
        return Transaction(day, [Posting(account, offset, size, line)], first=first, event=kind.title())
    if kind == "balance":
        found = _BALANCE.fullmatch(rest.strip())
        try:
            stated = None if found is None else beancount_amount(re.sub(r"~\s*[\d.,]+", "", found[2]))
        except NotStated:
            stated = None
        if found is None or stated is None:
            return WrittenEntry(
                offset, size, line, reason="a balance that cannot be read, and is not checked"
            )
        posting = Posting(found[1], offset, size, line, stated=stated)
        return Transaction(day, [posting], first=0, event="Balance")
    if kind == "pad":
        names = rest.split()
        if len(names) != 2:
            return WrittenEntry(offset, size, line, reason="it is no directive that is known")
        return Transaction(day, [Posting(name, offset, size, line) for name in names], event="Pad")
    return (
        None
        if kind in _OTHER
        else WrittenEntry(offset, size, line, reason="it is no directive that is known")
    )


def _posting(found: re.Match[str], offset: int, size: int, line: int) -> Posting:
    posting = Posting(found[1], offset, size, line, more={})
    text = (found[2] or "").strip()
    if not text:
        return posting
    try:
        units, mark, price = _outside_braces(text)
        bare, brace, cost = units.partition("{")
        worked = re.search(r"[(*/]|\d\s*[-+]", bare) is not None
        posting.amount = beancount_amount(worked_out(bare) if worked else bare)
        inside = cost.strip().strip("{}").strip()
        if brace:
            posting.more["cost"] = inside
            posting.weight = _cost(posting.amount, inside, total=cost.startswith("{"))
            if posting.weight is None:
                posting.weight = Amount(Decimal(0), "")
                posting.more["cost"] = inside or "?"
        elif mark:
            worth = beancount_amount(price.removeprefix("@"))
            posting.weight = _worth(posting.amount, worth, total=price.startswith("@"))
        if mark:
            posting.more["price"] = price.removeprefix("@").strip()
    except NotStated as error:
        posting.fault = str(error)
    return posting


def _cost(amount: Amount, inside: str, *, total: bool) -> Amount | None:
    """What units were bought for; None if the journal leaves that to Beancount."""
    for part in inside.split(","):
        for each in (part, part.split("#")[0]):
            try:
                return _worth(amount, beancount_amount(each), total=total)
            except NotStated:
                continue
    return None


def _worth(amount: Amount, cost: Amount, *, total: bool) -> Amount:
    if total:
        return Amount(abs(cost.number) * (Decimal(-1) if amount.number < 0 else Decimal(1)), cost.commodity)
    return cost.times(amount.number)


def _outside_braces(text: str) -> tuple[str, str, str]:
    """What stands before and behind the `@` of a price."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if char == "@" and depth == 0:
            return text[:at], "@", text[at + 1 :].strip()
    return text, "", ""


def _without_comment(text: str) -> str:
    """A line without what stands behind a semicolon outside of quotes; headings of outlines are comments, too."""
    if text[:1] in {"*", ":", "#", "!", "&", "?", "%"}:
        return ""
    if ";" not in text:
        return text
    quoted = False
    for at, char in enumerate(text):
        if char == '"' and text[at - 1 : at] != "\\":
            quoted = not quoted
        elif char == ";" and not quoted:
            return text[:at].rstrip()
    return text
