"""Does a workspace bring one back to the same place in the same log, and refuse everything that is none?"""

import os
import re
import shlex
import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.cli.parsers import window_parser
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.eventlog.read_as import ReadAs
from explorer.projection.model import Recipe
from explorer.resources import resource
from explorer.session.files import remembered
from explorer.session.files.remembered import WindowState
from explorer.session.files.workspace import (
    MOST_BYTES,
    SAMPLE_BYTES,
    KeptView,
    LogReference,
    encoded,
    fingerprint,
    link,
    load,
    sameness,
    workspace,
)
from explorer.session.places.bookmarks import Bookmark

ABOUT = (
    b'{"kind":"workspace","version":1,"log":{"path":"%s","fingerprint":{"size_bytes":1,"digest":""}},"view":'
)

positions = st.integers(0, 2**62)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
views = st.builds(
    KeptView,
    position=positions,
    order=st.sampled_from(["log", "time", "reversed"]),
    projection=st.builds(Recipe, st.sampled_from(["auto", "latest", "mine.sql"]), st.just("sql"), texts),
    fields=st.none() | st.builds(FieldMap, type=st.none() | texts, entity=st.none() | texts),
    read_as=st.none() | st.builds(ReadAs, st.none() | texts, st.none() | st.booleans()),
    filter=texts,
    hide_others=st.booleans(),
    bookmarks=st.lists(st.builds(Bookmark, positions, texts, texts), max_size=4).map(tuple),
    a=st.none() | positions,
    b=st.none() | positions,
    entity=st.none() | texts,
    field=texts,
    layout=st.binary(max_size=40),
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "a log.jsonl"
    path.write_bytes(b'{"type":"A"}\n' * 20_000)
    return path


@given(views)
def test_what_is_saved_is_what_is_opened(tmp_path_factory: pytest.TempPathFactory, view: KeptView) -> None:
    folder = tmp_path_factory.mktemp("saved")
    log, file = folder / "log.jsonl", folder / "deep" / "w.hxw"
    log.write_bytes(b"{}\n")
    file.parent.mkdir()
    kept = workspace(log, view)
    file.write_bytes(encoded(kept, file))
    assert load(file) == kept


def test_a_workspace_finds_its_log_when_both_have_moved_together(log: Path, tmp_path: Path) -> None:
    file = tmp_path / "w.hxw"
    file.write_bytes(encoded(workspace(log, KeptView(position=3)), file))
    assert str(tmp_path) not in file.read_text()
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    log.rename(moved / log.name)
    file.rename(moved / file.name)
    found = load(moved / file.name)
    assert found.log.path == str(moved / log.name)
    assert sameness(found.log) == "same"


def test_a_log_that_has_grown_is_not_one_that_has_changed(log: Path) -> None:
    reference = workspace(log, KeptView()).log
    with log.open("ab") as file:
        file.write(b'{"type":"B"}\n')
    assert sameness(reference) == "grown"
    log.write_bytes(b'{"type":"X"}\n' * 20_001)
    assert sameness(reference) == "changed"
    log.write_bytes(b"{}\n")
    assert sameness(reference) == "changed"
    log.unlink()
    assert sameness(reference) == "missing"
    log.mkdir()
    assert sameness(reference) == "missing"


@pytest.mark.parametrize("size", [0, 1, SAMPLE_BYTES, SAMPLE_BYTES + 1, 3 * SAMPLE_BYTES])
def test_a_fingerprint_tells_the_first_and_the_last_byte(tmp_path: Path, size: int) -> None:
    path = tmp_path / "log"
    path.write_bytes(bytes(size))
    before = fingerprint(path)
    assert before.size_bytes == size
    for at in {0, size - 1} if size else set():
        content = bytearray(size)
        content[at] = 1
        path.write_bytes(content)
        assert fingerprint(path) != before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no workspace"),
        (b"{", "no workspace"),
        (b"[" * 100_000, "no workspace"),
        (b"\xff\xfe", "no workspace"),
        (b'{"kind":"other","version":1}', "no workspace"),
        (b'{"kind":"workspace","version":99,"log":7}', "newer version"),
        (b'{"kind":"workspace","version":1}', "no workspace"),
        (ABOUT % b"a" + b'{"position":-1}}', "no workspace"),
        (ABOUT % b"a" + b'{"bookmarks":[{"position":-1}]}}', "no workspace"),
        (ABOUT % b"a" + b'{"run":"rm"}}', "no workspace"),
        (ABOUT % b"" + b"{}}", "names no log"),
        (b" " * (MOST_BYTES + 1), "longer than any workspace"),
    ],
)
def test_what_is_no_workspace_is_refused_in_one_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "w.hxw"
    file.write_bytes(content)
    with pytest.raises(LogError, match=reason) as caught:
        load(file)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("w.hxw: ")


def test_half_a_character_in_a_log_does_not_stop_the_saving(log: Path, tmp_path: Path) -> None:
    file = tmp_path / "w.hxw"
    file.write_bytes(encoded(workspace(log, KeptView(position=2, entity="\ud800")), file))
    assert load(file).view.position == 2


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@given(
    name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20),
    position=positions,
    order=st.sampled_from(["log", "time", "reversed"]),
    model=st.sampled_from(["auto", "accounts", "latest"]),
    field=st.none() | st.text("abc.$'\" ", min_size=1),
)
def test_a_link_says_the_same_to_the_program_whatever_the_names_hold(name, position, order, model, field):
    view = KeptView(position=position, order=order, projection=Recipe(model), fields=FieldMap(type=field))
    words = shlex.split(link(f"/logs/{name}", view))
    assert words[0] == "history-explorer"
    said = window_parser().parse_args(words[1:])
    assert (said.log, said.position, said.order or "log") == ([f"/logs/{name}"], str(position), order)
    assert (said.projection, said.type_field) == ([] if model == "auto" else [model], field)


def test_a_link_names_the_file_of_a_read_model(log: Path) -> None:
    view = KeptView(projection=Recipe("m.sql", "sql", "SELECT 1"))
    assert link("l", view, {"": "/m.sql"}).endswith("--projection /m.sql")
    kinds = (
        ("a b", Recipe("latest")),
        ("c", Recipe("c.py", "python", "")),
        ("d", Recipe("d.js", "javascript", "")),
    )
    words = shlex.split(link("l", KeptView(projection=Recipe("auto", by_kind=kinds)), {"c": "/c.py"}))
    assert words[4:] == ["--projection", "a b=latest", "--projection", "c=/c.py"]
    assert "--projection" not in link("l", view)


def test_the_workspace_and_the_link_of_the_guide_are_some(tmp_path: Path) -> None:
    guide = resource("guide", "workspace.md").read_text(encoding="utf-8")
    log = shutil.copy(resource("samples", "three-events.jsonl"), tmp_path)
    (content,) = re.findall(r"```json\n(.*?)```", guide, re.DOTALL)
    file = tmp_path / "guide.hxw"
    file.write_text(content)
    found = load(file)
    assert found.log.path == str(log)
    assert sameness(found.log) == "same"
    assert found.view == KeptView(2, filter="type:MoneyDeposited", bookmarks=(Bookmark(1, "opened"),))
    (line,) = re.findall(r"```sh\n(.*?)\n```", guide)
    assert line == link("/logs/my bank.jsonl", KeptView(1204, order="time"))


# --- writing ---------------------------------------------------------------------------------------------------


# --- what the program remembers ----------------------------------------------------------------------------------


def test_windows_are_remembered(log: Path, tmp_path: Path) -> None:
    file = tmp_path / "config" / "session.json"
    states = (WindowState(b"\0geometry", workspace(log, KeptView()).log, KeptView(position=3)), WindowState())
    assert remembered.save(file, states)
    assert remembered.load(file) == states
    assert remembered.save(file, ())
    assert remembered.load(file) == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0", b'{"version":2,"windows":[]}', b'{"version":1,"windows":[{"x":1}]}', b"[" * 50_000],
)
def test_a_corrupt_or_newer_session_begins_anew_and_is_kept(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "session.json"
    file.write_bytes(content)
    assert remembered.load(file) == ()
    assert not file.exists()
    assert file.with_suffix(".bak").read_bytes() == content


def test_layouts_have_names(tmp_path: Path) -> None:
    kept = {"teaching": b"\0\1", "A & B": b""}
    assert remembered.layouts_from_text(remembered.layouts_to_text(kept)) == kept
    for nonsense in ("", "{", "[1]", '[{"name":"","state":""}]', '[{"name":"a","state":"%"}]', "\ud800"):
        assert remembered.layouts_from_text(nonsense) == {}
    assert remembered.clean_name("  two\n words \u202e ") == "two words ⟦U+202E⟧"


def test_a_reference_is_not_changed_by_being_encoded(log: Path, tmp_path: Path) -> None:
    kept = workspace(log, KeptView())
    encoded(kept, tmp_path / "w.hxw")
    assert kept.log == LogReference(str(log), msgspec.structs.replace(kept.log.fingerprint))
