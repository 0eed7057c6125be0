"""What does the process do that alone looks into a Parquet file: write its rows as lines of JSON?

It is given a descriptor and opens no file; what goes wrong goes to its standard error, in one sentence.
"""

import json
import os
import sys
from typing import Any

import msgspec

_MEMORY_BYTES = 6 << 30
_ROWS = 5_000
_MISSING = "a Parquet file: to read it, install pyarrow"


def plain(value: object) -> object:
    """What JSON does not have, as text: bytes that are none as PostgreSQL writes them."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return "\\x" + value.hex()
    return str(value)


def main() -> int:
    """Read the descriptor that is named, and write to standard output."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError:
        sys.stderr.write(_MISSING)
        return 1
    encode = msgspec.json.Encoder(decimal_format="number", enc_hook=plain).encode
    file = json.loads(sys.argv[1])
    try:
        with os.fdopen(file, "rb", closefd=False) as opened, os.fdopen(os.dup(1), "wb") as out:
            for batch in pq.ParquetFile(pa.PythonFile(opened)).iter_batches(_ROWS, use_threads=False):
                out.write(b"".join(encode(_row(row)) + b"\n" for row in _texts(pa, batch).to_pylist()))
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        sys.stderr.write(f"this Parquet file cannot be read: {(str(error).splitlines() or ['damaged'])[0]}")
        return 1
    return 0


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: plain(value) if isinstance(value, bytes) else value
        for name, value in row.items()
        if value is not None
    }


def _texts(pa: Any, batch: Any) -> Any:  # noqa: ANN401 - of a library without types
    """The same with times as texts, to their last digit."""
    columns = [
        column.cast(pa.string()) if pa.types.is_timestamp(column.type) else column for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


if __name__ == "__main__":
    sys.exit(main())
