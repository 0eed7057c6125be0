"""How long did the engine before this one take to open the same log? It is taken out of the project's history."""

import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

COMMIT = "a239091"  # the last one before the compiled scanner was asked for
ROOT = Path(__file__).resolve().parents[2]
_OPEN = """
import json, sys, time
from pathlib import Path
begin = time.perf_counter()
from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
if __name__ == "__main__":  # its children come here too
    begin = time.perf_counter()
    log = open_log(Path(sys.argv[1]))
    history = collect(log, lambda sample: choose(Recipe("accounts"), sample, log.fields)).history()
    for line in history.timelines.values():
        line.head(len(history))
    print(json.dumps([len(history), time.perf_counter() - begin]))
"""


def seconds(path: Path, runs: int) -> float | None:
    """Median seconds from nothing to everything scrubbable; None where there is no such history."""
    command = ["git", "-C", str(ROOT), "archive", COMMIT, "explorer", "resources"]
    try:
        packed = subprocess.run(command, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        program = Path(folder) / "open_it.py"
        program.write_text(_OPEN)
        environment = {**os.environ, "PYTHONPATH": folder}
        environment.pop("PYTHONPYCACHEPREFIX", None)
        found = []
        for _ in range(runs):
            run = subprocess.run(
                [sys.executable, str(program), str(path)],
                capture_output=True, check=True, text=True, env=environment, cwd=folder,
            )  # fmt: skip
            found.append(json.loads(run.stdout)[1])
    return statistics.median(found)
