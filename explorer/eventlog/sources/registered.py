"""Which sources are there beside files, and what is said where the driver of one is missing?

This is where each is registered, and the only place.
"""

import importlib
import importlib.util
from typing import cast

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import Address, is_address
from explorer.eventlog.sources.feed import Feed, OfLogs, OpenLog, SourceModule

# Which module reads addresses of which scheme; it is imported when such an address is opened.
SOURCES = {
    "files": "explorer.eventlog.sources.several_files",
    "mariadb": "explorer.eventlog.sources.mysql",
    "mysql": "explorer.eventlog.sources.mysql",
    "postgresql": "explorer.eventlog.sources.postgresql",
    "postgres": "explorer.eventlog.sources.postgresql",
    "kafka": "explorer.eventlog.sources.kafka",
}


def is_far(text: str) -> bool:
    """Whether a text is an address that no source reads, but perhaps a file system of a cluster (`s3a://…`)."""
    return is_address(text) and text.partition("://")[0].lower() not in SOURCES


def source_module(address: Address) -> SourceModule:
    """The module that reads what an address says.

    Raises:
        LogError: There is none, or its driver is not installed.
    """
    where = SOURCES.get(address.scheme)
    if where is None:
        known = ", ".join(f"{scheme}://" for scheme in SOURCES)
        raise LogError(f"{address.scheme}://…", f"nothing here reads such an address: {known} are read")
    module = cast("SourceModule", importlib.import_module(where))
    if importlib.util.find_spec(module.DRIVER) is None:
        install = f'pip install "history-explorer[{module.EXTRA}]"'
        raise LogError(
            address.place,
            f"to read it the package {module.DRIVER} is needed, which is not installed: {install}",
        )
    return module


def reach(address: Address, open_log: OpenLog | None = None) -> Feed:
    """The log that an address means; without `open_log` none that is made of logs can be read.

    Errors as of `SourceModule.reach` and `source_module`.
    """
    feed = source_module(address).reach(address, address.password)
    if isinstance(feed, OfLogs) and open_log is not None:
        feed.open_by(open_log)
    return feed
