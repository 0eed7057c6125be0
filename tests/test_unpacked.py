"""Does the program run out of a wheel that nobody has installed, with the files that it opens by their paths?"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "explorer"
ASKED = """
import sys
sys.path[:] = [sys.argv[1], *(path for path in sys.path if path != sys.argv[2])]
import explorer
from explorer.resources import resource
print(explorer.__path__[0])
print(resource("words", "entries.toml").read_text("utf-8"))
"""


def wheel(folder: Path) -> Path:
    """A wheel with the few modules that are asked here, and one file beside them."""
    made = folder / "history_explorer-1-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("__init__.py", "unpacked.py", "resources.py", "language.py"):
            archive.write(PACKAGE / name, f"explorer/{name}")
        archive.writestr("explorer/_resources/words/entries.toml", "told")
        archive.writestr("../outside", "never")
    return made


def test_a_wheel_in_the_path_is_unpacked_once_into_a_private_folder(tmp_path):
    own = tmp_path / "temporary"
    own.mkdir()
    environment = {**os.environ, "TMPDIR": str(own), "PYTHONPATH": ""}
    asked = [sys.executable, "-c", ASKED, str(wheel(tmp_path)), str(PACKAGE.parent)]
    found = [
        subprocess.run(asked, capture_output=True, text=True, check=True, env=environment, cwd=own).stdout
        for _ in range(2)
    ]
    place, told = found[0].splitlines()
    assert found[0] == found[1]
    assert told == "told"
    assert Path(place).parent.parent == own
    assert Path(place).parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in own.iterdir()] == [Path(place).parent.name]
    assert not (tmp_path / "outside").exists()
