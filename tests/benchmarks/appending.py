"""What does the protocol of the writer cost, beside a bare write and fsync of the same bytes?"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from explorer.eventlog.log_style import Draft
from explorer.eventlog.seal import Seals
from explorer.eventlog.writer import Writer

APPENDS = 600


def cost(seals: Seals = "checksum", folder: str | None = None) -> tuple[float, float]:
    """Appends a second, and their time as a ratio to that of a bare loop; they take turns, so that noise hits both."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "log.jsonl"
        ours, bare = [], []
        with Writer.open(path, create=True, seals=seals) as writer:
            draft = Draft("MoneyDeposited", {"accountId": "acc-1", "amount": 12}, "2026-01-01T10:00:00Z")
            size = writer.append([draft]).length_bytes
            file = os.open(Path(place) / "bare", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            for _ in range(APPENDS):
                begin = time.perf_counter()
                writer.append([draft])
                middle = time.perf_counter()
                os.write(file, b"x" * size)
                os.fsync(file)
                ours.append(middle - begin)
                bare.append(time.perf_counter() - middle)
            os.close(file)
    median = statistics.median(ours)
    return 1 / median, median / statistics.median(bare)


if __name__ == "__main__":
    for kind in ("none", "checksum", "chain"):
        rate, ratio = cost(kind)  # type: ignore[arg-type]
        print(f"{kind:10} {rate:8,.0f} appends a second, {ratio:.2f} times a bare write and fsync")
