"""Which address says where a log is, and where does the password in it go?

An `Address` never holds a password. What a person gave with one is kept in the memory of this process alone, by what
the address says without it, so that a log can be read anew.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from explorer.eventlog.errors import LogError

_SECRET = frozenset({"password", "sslpassword", "passwd", "sasl.password", "ssl.key.password", "secret"})
_TOLD_CHARS = 4  # to blot out a shorter one wherever it stands would tell it
_PASSWORDS: dict[str, str] = {}


class Address(NamedTuple):
    """Where a log is, without any password.

    Attributes:
        scheme: `postgresql`, in small letters.
        user: As whom; empty for whoever is usual.
        hosts: `name:port`, or several with commas between them; empty for what is usual.
        database: The path, without the stroke before it.
        table: Which table, view or topic of it is meant; empty if it is to be found.
        settings: What else stands behind the question mark.
    """

    scheme: str
    user: str = ""
    hosts: str = ""
    database: str = ""
    table: str = ""
    settings: Mapping[str, str] = MappingProxyType({})

    @property
    def text(self) -> str:
        """The address as it may be shown, kept and given on; the inverse of `address_of`."""
        settings = dict(self.settings) | ({"table": self.table} if self.table else {})
        return self.place + _query(settings)

    @property
    def without_table(self) -> str:
        """The address as drivers know it."""
        return self.place + _query(self.settings)

    @property
    def place(self) -> str:
        """The same without what stands behind the question mark."""
        from urllib.parse import quote

        user = f"{quote(self.user, safe='')}@" if self.user else ""
        return f"{self.scheme}://{user}{self.hosts}/{quote(self.database, safe='')}"

    @property
    def password(self) -> str | None:
        """The password that was given for it, in this process."""
        return _PASSWORDS.get(self._account)

    def remember(self, password: str) -> None:
        """Keep a password as long as this process lives, and nowhere else."""
        _PASSWORDS[self._account] = password

    @property
    def _account(self) -> str:
        return self.without_table


def is_address(text: str) -> bool:
    """Whether a text is the address of a source and no file."""
    scheme, found, _ = text.partition("://")
    return bool(found) and scheme.isascii() and scheme[:1].isalpha() and scheme.replace("+", "").isalnum()


def address_of(text: str, table: str = "") -> Address:
    """What an address says; a password in it is remembered, and in the answer no more.

    Args:
        text: `postgresql://user:password@host:5432/database?table=public.events`.
        table: Which table is meant, if the address itself does not say.

    Raises:
        LogError: It is no address; the sentence tells nothing of what is in it.
    """
    scheme = text.partition("://")[0].lower()
    name = f"{scheme}://…"
    if any(char in text for char in "\r\n\0\t"):
        raise LogError(name, "it is no address: there is a control character in it")
    from urllib.parse import parse_qsl, unquote, urlsplit  # only who names a source needs it

    try:
        parts = urlsplit(text)
        asked = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise LogError(name, "it is no address: what stands behind its question mark is odd") from error
    if "@" in parts.path or parts.fragment or "@" in parts.query.partition("=")[0]:
        raise LogError(name, "in a user's name or password @, / and # are written as %40, %2F and %23")
    before, _, hosts = parts.netloc.rpartition("@")
    user, given, password = before.partition(":")
    settings = {key: value for key, value in asked if key.lower() not in _SECRET}
    secret = next((value for key, value in asked if key.lower() in _SECRET), None)
    secret = unquote(password) if given else secret
    address = Address(
        scheme,
        unquote(user),
        hosts,
        unquote(parts.path.removeprefix("/")),
        table or settings.pop("table", ""),
        {key: value for key, value in settings.items() if key != "table"},
    )
    if secret:
        address.remember(secret)
    return address


def address_of_files(
    paths: Sequence[str],
    order: str = "",
    without: Sequence[str] = (),
    offsets: Sequence[str] = (),
) -> Address:
    """The address that means several files.

    Args:
        paths: Files, folders and archives.
        order: `names`, `time` or `sequence`; empty: found by itself.
        without: Names of files that are left out.
        offsets: `NAME=SECONDS`: how much the clock of a file is ahead of the others.
    """
    settings = {"files": "\n".join(str(Path(path).absolute()) for path in paths)}
    more = {"order": order, "without": "\n".join(without), "clocks": "\n".join(offsets)}
    return Address("files", settings=settings | {name: value for name, value in more.items() if value})


def address_of_far(addresses: Sequence[str]) -> Address:
    """The address that means several files which only the file systems of a cluster reach."""
    return Address("files", settings={"files": "\n".join(addresses)})


def without_password(text: str) -> str:
    """An address as it may be seen, or what is none as it is. Errors as of `address_of`."""
    return address_of(text).text if is_address(text) else text


def short_name(path: str) -> str:
    """What to call a log of which only its path or its address is known."""
    if not is_address(path):
        return Path(path).name
    address = address_of(path)
    if address.scheme == "files":
        first, *others = address.settings.get("files", "").split("\n")
        return f"{Path(first).name} + {len(others):,}" if others else Path(first).name
    return ", ".join(
        part for part in (address.database or address.hosts or address.scheme, address.table) if part
    )


def scrubbed(text: str, password: str | None) -> str:
    """What a driver said, without the password and in one line."""
    line = " ".join(text.split())
    if password is not None and len(password) >= _TOLD_CHARS:
        from urllib.parse import quote

        for secret in (password, quote(password, safe="")):
            line = line.replace(secret, "…")
    return line


def _query(settings: Mapping[str, str]) -> str:
    from urllib.parse import quote

    told = "&".join(f"{quote(name, safe='')}={quote(value, safe='/.,:')}" for name, value in settings.items())
    return f"?{told}" if told else ""
