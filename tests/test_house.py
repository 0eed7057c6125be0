"""Does the project keep its own rules: rooms, words, sizes, and one door for text from a log?"""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / ".ci"))

import architecture  # noqa: E402 - it needs the path

MODULES = sorted((ROOT / "explorer").rglob("*.py"))
DESKTOP = [path for path in MODULES if "desktop" in path.parts and path.name != "plain.py"]
LINES_AT_MOST = 500

# Qt shows text as HTML wherever it looks like it. explorer/desktop/plain.py is the one place that
# makes such widgets, and turns that off.
RICH_CLASSES = {"QLabel", "QMessageBox", "QToolTip", "QErrorMessage"}
RICH_METHODS = {"setToolTip", "setWhatsThis", "setHtml", "insertHtml", "appendHtml"}

CORE_WITHOUT_QT = """
import importlib, pkgutil, sys
import explorer
for module in pkgutil.walk_packages(explorer.__path__, "explorer."):
    if not module.name.startswith("explorer.desktop"):
        importlib.import_module(module.name)
print(*sorted(name for name in sys.modules if name.split(".")[0] in {"PySide6", "shiboken6"}))
"""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_with_the_question_it_answers(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith('"""'), f"{name_of(path)} does not begin with a docstring"
    assert ast.get_docstring(ast.parse(text)), f"{name_of(path)} has an empty docstring"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_enough_to_be_read(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines < LINES_AT_MOST, f"{name_of(path)} has {lines} lines: it answers more than one question"


def test_no_module_has_a_name_that_says_nothing():
    nothing = {"util", "utils", "helper", "helpers", "misc", "common", "stuff"}
    vague = [name_of(path) for path in MODULES if path.stem in nothing or path.parent.name in nothing]
    assert not vague, f"say what these answer: {', '.join(vague)}"


def test_each_name_of_the_glossary_is_the_name_of_one_thing_in_the_program():
    text = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\|[^|]+\|[^|]+\|([^|]*)\|$", text, re.MULTILINE)
    named = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert len(named) > 30
    program = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    defined = set(re.findall(r"^(?:class|def|type) (\w+)", program, re.MULTILINE))
    assert named - defined == set(), "CONTRIBUTING explains names that nothing has"
    classes = Counter(re.findall(r"^class (\w+)", program, re.MULTILINE))
    assert {name for name in named if classes[name] > 1} == set(), "each of these is more than one thing"


# What a part needs of the page, the window or the strip it stands in is said beside that part, always by this name.
WHAT_IS_NEEDED = {"Page", "Window", "Strip"}
STILL_TWO: dict[str, str] = {}


def test_a_class_has_its_name_alone():
    where: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(name_of(path))
    several = {name: paths for name, paths in where.items() if len(paths) > 1 and name not in WHAT_IS_NEEDED}
    assert {name: paths for name, paths in several.items() if name not in STILL_TWO} == {}, (
        "one word for one thing"
    )
    assert set(STILL_TWO) <= set(several), "what is one thing again is no exception any more"


# --- what is tried by which test -----------------------------------------------------------------------

# These are tried through one door, by whole files or logs: what each does alone is nobody's promise.
THROUGH = {
    "explorer.eventlog.statements": "tests/eventlog/test_statements.py",
    "explorer.eventlog.ledgers": "tests/eventlog/test_ledgers.py",
    "explorer.eventlog.entries": "tests/eventlog/test_statements.py",
    "explorer.eventlog.archives": "tests/eventlog/test_archives.py",
    "explorer.eventlog.dumps": "tests/eventlog/test_sql_dumps.py",
    "explorer.eventlog.event_tables": "tests/eventlog/sqlite/test_store.py",
    "explorer.eventlog.traces": "tests/eventlog/test_traces.py",
    "explorer.eventlog.scanner": "tests/eventlog/scanner/test_fuzz.py",
    "explorer.eventlog.alike_kernels": "tests/session/events/test_passes.py",
    "explorer.eventlog.member_kernels": "tests/session/events/test_passes.py",
    "explorer.eventlog.value_kernels": "tests/session/events/test_passes.py",
    "explorer.eventlog.search_kernels": "tests/session/events/test_filters.py",
    "explorer.eventlog.row_kernels": "tests/session/events/test_passes.py",
    "explorer.eventlog.object_centric": "tests/eventlog/test_ocel.py",
    "explorer.eventlog.sqlite": "tests/eventlog/sqlite/test_store.py",
    "explorer.eventlog.csv_layout": "tests/eventlog/test_exports_as_they_come.py",
    "explorer.eventlog.fields": "tests/eventlog/test_exports_as_they_come.py",
    "explorer.eventlog.field_choice": "tests/eventlog/test_exports_as_they_come.py",
    "explorer.eventlog.json_lines": "tests/eventlog/test_reading.py",
    "explorer.eventlog.json_nest": "tests/eventlog/test_reading.py",
    "explorer.eventlog.keyed_lines": "tests/eventlog/test_exports_as_they_come.py",
    "explorer.eventlog.one_member": "tests/eventlog/test_reading.py",
    "explorer.history.build": "tests/history/test_columns.py",
    "explorer.history.gathering": "tests/history/test_columns.py",
    "explorer.history.operands": "tests/history/test_columns.py",
    "explorer.history.folder": "tests/history/folder/test_folder.py",
    "explorer.history.money_runs": "tests/history/test_what_if.py",
    "explorer.history.numbering": "tests/history/test_verify.py",
    "explorer.history.reading": "tests/projection/upcasting/test_model.py",
    "explorer.projection.entry_columns": "tests/eventlog/test_statements.py",
}
TRIED_ROOMS = ("eventlog", "history", "projection", "session", "domain", "cli")
LEAST_LINES = 40  # with a function in them: fewer are no logic of their own


def untried() -> set[str]:
    """The modules with logic of their own that no test imports, and that no test of their room is called by."""
    imported: set[str] = set()
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
            elif isinstance(node, ast.Import):
                imported |= {each.name for each in node.names}
    found = set()
    for path in MODULES:
        room, text = path.relative_to(ROOT).parts[1], path.read_text(encoding="utf-8")
        if room not in TRIED_ROOMS or path.stem == "__init__" or len(text.splitlines()) < LEAST_LINES:
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        called = (ROOT / "tests" / room).rglob(f"test_{path.stem}.py")
        if re.search(r"^ *def ", text, re.MULTILINE) and module not in imported and not any(called):
            found.add(module)
    return found


def test_a_module_with_logic_of_its_own_has_a_test_that_names_it():
    missing = {
        module for module in untried() if not any(f"{module}.".startswith(f"{door}.") for door in THROUGH)
    }
    assert not missing, "each needs a test that imports it, or that is called like it"


@pytest.mark.parametrize(("door", "test"), THROUGH.items(), ids=lambda each: each)
def test_what_is_tried_through_a_door_has_that_door(door, test):
    assert (ROOT / test).is_file()
    path = ROOT / door.replace(".", "/")
    assert path.is_dir() or path.with_suffix(".py").is_file(), f"{door} is gone: take it off the list"


# --- who needs whom ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def needs():
    return architecture.imports()


def test_no_modules_import_each_other(needs):
    found = architecture.circles({each for each in needs if not each.deferred})
    assert not found, f"each of these needs all of its row: {found}"


def test_no_import_waits_for_a_function_only_to_hide_a_circle(needs):
    found = architecture.circles(needs)
    assert not found, f"each of these needs all of its row, some of it within functions: {found}"


@pytest.mark.parametrize(
    ("code", "deferred"),
    [
        ("from explorer.b import thing", False),
        ("from explorer import b", False),
        ("import explorer.b", False),
        ("from . import b", False),
        ("from .b import thing", False),
        ("try:\n    import explorer.b\nexcept ImportError:\n    pass", False),
        ("class A:\n    from explorer import b", False),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    from explorer import b", False),
        ("def f():\n    from explorer.b import thing", True),
        ("f = importlib.import_module('explorer.b')", True),
    ],
)
def test_the_rule_of_circles_sees_every_way_to_import(tmp_path, code, deferred):
    a_circle(tmp_path, code)
    found = architecture.imports(tmp_path)
    assert architecture.Import("explorer.a", "explorer.b", deferred) in found
    assert architecture.circles(found) == [["explorer.a", "explorer.b"]]


@pytest.mark.parametrize(
    "code",
    [
        "if TYPE_CHECKING:\n    from explorer.b import thing",
        "if typing.TYPE_CHECKING:\n    import explorer.b",
    ],
)
def test_what_only_the_type_checker_reads_is_no_import(tmp_path, code):
    a_circle(tmp_path, code)
    assert architecture.circles(architecture.imports(tmp_path)) == []


def a_circle(folder, code):
    (folder / "explorer").mkdir()
    (folder / "explorer" / "__init__.py").touch()
    (folder / "explorer" / "a.py").write_text(code)
    (folder / "explorer" / "b.py").write_text("from explorer.a import other")


def test_the_drawing_of_the_rooms_is_up_to_date():
    other = architecture.news(architecture.DRAWING.read_text(encoding="utf-8"), architecture.counts())
    assert not other, f"run .ci/architecture.py ({'; '.join(other)})"


def test_a_drawing_says_all_that_was_counted():
    said = dict.fromkeys(architecture.ROOMS, 20) | {"session-history": 100, "history-session": 1}
    svg = architecture.drawing(said)
    assert architecture.drawn(svg) == said
    assert svg.count(f'stroke="{architecture.WRONG}"') == 2, "the arrow that runs up, and its number, are red"
    assert architecture.news(svg, said | {"session-history": 108}) == []
    assert architecture.news(svg, said | {"session-history": 112})
    assert architecture.news(svg, said | {"session-domain": 1})
    assert architecture.news(svg, {name: count for name, count in said.items() if name != "history-session"})


ARCHITECTURE = (ROOT / ".github" / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_all_that_the_page_of_the_architecture_links_to_is_there():
    linked = re.findall(r"\]\(([^)#]+)\)", ARCHITECTURE)
    assert len(linked) > 20
    assert [link for link in linked if not (ROOT / ".github" / link).is_file()] == []


@pytest.mark.parametrize(
    ("name", "path"), re.findall(r"\| `([A-Za-z_.]+)` \| \[[^]]+\]\(\.\./([^)]+)\) \|", ARCHITECTURE)
)
def test_each_step_of_an_event_is_made_where_the_page_says(name, path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    for part in name.split("."):
        body = [node for node in ast.iter_child_nodes(tree) if getattr(node, "name", "") == part]
        assert body, f"{path} has no {name}"
        tree = body[0]


@pytest.mark.parametrize("path", DESKTOP, ids=name_of)
def test_text_reaches_the_window_through_the_plain_door_only(path):
    found = list(rich_text_doors(ast.parse(path.read_text(encoding="utf-8"))))
    places = ", ".join(f"line {line}: {name}" for line, name in found)
    assert not found, f"{name_of(path)} could show HTML from a log; use explorer/desktop/plain.py ({places})"


def rich_text_doors(tree):
    """Yield line and name of each use that lets Qt guess whether a text is HTML."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            owner = getattr(getattr(called, "value", None), "id", "")
            if name in RICH_CLASSES | RICH_METHODS:
                yield node.lineno, name
            elif owner in RICH_CLASSES - {"QLabel"}:
                yield node.lineno, f"{owner}.{name}"
        elif isinstance(node, ast.ClassDef):
            for base in node.bases:
                if getattr(base, "id", getattr(base, "attr", "")) in RICH_CLASSES:
                    yield node.lineno, f"class {node.name}"


@pytest.mark.parametrize(
    "code",
    [
        "QLabel('x')",
        "QtWidgets.QLabel()",
        "QMessageBox.warning(None, 'a', 'b')",
        "box = QMessageBox()",
        "cell.setToolTip(text)",
        "view.document().setHtml(text)",
        "class Title(QLabel): pass",
    ],
)
def test_the_plain_door_rule_sees_every_way_around_it(code):
    assert list(rich_text_doors(ast.parse(code)))


def test_a_mention_is_not_a_use():
    assert not list(rich_text_doors(ast.parse("def title() -> QLabel:\n    return plain_label('QLabel(')")))


# Everything that a person asks for is written by explorer/eventlog/written.py, which leaves logs alone.
WRITES_ITS_OWN = {
    "explorer/eventlog/written.py": "the one place",
    "explorer/eventlog/syscalls.py": "appends, and makes what `create_file` asks for",
    "explorer/eventlog/source.py": "a temporary file without a name",
    "explorer/eventlog/spool.py": "(same)",
    "explorer/desktop/lessons/authoring.py": "a PDF, in memory",
    "explorer/session/files/scratch.py": "private copies of samples",
    "explorer/history/saved.py": "the cache",
    "explorer/history/cache.py": "the cache",
    "explorer/history/folder/writer.py": "a history folder, beside its place until it is whole",
    "explorer/history/engines/spilled.py": "a private folder of rows until they are folded",
    "explorer/history/engines/naming.py": "(same)",
    "explorer/history/engines/spark.py": "(same)",
    "explorer/history/engines/spark_reading.py": "(same)",
    "explorer/history/engines/spark_tasks.py": "(same), where executors see it",
    "explorer/history/engines/reordering.py": "(same)",
    "explorer/history/engines/far_lines.py": "a file of a cluster, as long as it is read, in a temporary folder",
    "explorer/unpacked.py": "the program itself, in a private folder",
    "explorer/eventlog/compiled.py": "the private folder of compiled code",
    "explorer/session/trust.py": "what the program remembers",
    "explorer/desktop/settings.py": "what the program remembers",
    "explorer/desktop/help/failures.py": "what the program remembers",
    "explorer/cli/streams.py": "the standard streams",
}
WRITING = {"write_text", "write_bytes", "mkstemp", "copyfile", "copy2", "copytree", "savetxt", "tofile",
           "getSaveFileName", "setAcceptMode", "QSaveFile", "QPdfWriter"}  # fmt: skip


def writing(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls that may write a file, or ask where to."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [each.value for each in [*node.args, *(word.value for word in node.keywords)]
                 if isinstance(each, ast.Constant) and isinstance(each.value, str)]  # fmt: skip
        if (
            name in WRITING
            or (
                name in {"open", "fdopen"}
                and any(re.fullmatch(r"[wxa]b?\+?|r\+b?|rb\+", text) for text in texts)
            )
            or (name == "save" and "PNG" in texts and ast.unparse(node.args[0]) != "buffer")
            or (
                name == "open"
                and any(flag in ast.unparse(node) for flag in ("O_CREAT", "O_WRONLY", "O_RDWR"))
            )
        ):
            yield node.lineno, ast.unparse(node)[:80]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_are_written_in_one_place_only(path):
    found = list(writing(ast.parse(path.read_text(encoding="utf-8"))))
    allowed = {
        "explorer/history/child.py": "os.fdopen(os.dup(1), 'wb')",
        "explorer/eventlog/sqlite/child.py": "os.fdopen(os.dup(1), 'wb')",
        "explorer/eventlog/archives/parquet_child.py": "os.fdopen(os.dup(1), 'wb')",
        "explorer/eventlog/archives/sheet_child.py": "open(1, 'w'",
        "explorer/cli/streams.py": "os.fdopen(2, 'w', closefd=False",
        "explorer/eventlog/locking.py": "self._system.open(self._path, os.O_RDWR | os.O_CREAT)",
        "explorer/desktop/saving.py": "dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)",
    }
    found = [
        f"line {line}: {code}"
        for line, code in found
        if "os.devnull" not in code and not code.startswith(allowed.get(name_of(path), "os.devnull"))
    ]
    assert not found or name_of(path) in WRITES_ITS_OWN, (
        f"use explorer/eventlog/written.py ({', '.join(found)})"
    )


@pytest.mark.parametrize(
    "code",
    ["Path(p).write_text(t)", "open(p, 'w')", "p.open(mode='ab')", "os.open(p, os.O_WRONLY)", "picture.save(p, 'PNG')",
     "QFileDialog.getSaveFileName(w)", "dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)",
     "shutil.copyfile(a, b)", "os.fdopen(f, 'r+b')"],
)  # fmt: skip
def test_the_rule_of_one_place_sees_every_way_around_it(code):
    assert list(writing(ast.parse(code)))


# These open files that a file names, or run what it says: each such format is read by a child, in a private folder.
OPENS_BY_ITSELF = {"sqlite3", "apsw", "duckdb", "pyarrow", "fastparquet", "openpyxl", "python_calamine", "xlrd",
                   "zipfile", "tarfile", "xml", "lxml", "yaml", "ruamel", "pickle", "shelve", "dbm"}  # fmt: skip
IN_A_CHILD = {
    "explorer/eventlog/sqlite/child.py": "apsw",  # of the whole file system it is shown one file
    "explorer/eventlog/sqlite/pages.py": "apsw",
    "explorer/eventlog/sqlite/cells.py": "apsw",
    "explorer/eventlog/sqlite/tables.py": "apsw",
    "explorer/eventlog/sqlite/object_tables.py": "apsw",
    "explorer/eventlog/archives/sheet_child.py": "python_calamine",
    "explorer/eventlog/archives/parquet_child.py": "pyarrow",
    "explorer/unpacked.py": "zipfile",  # the program's own wheel
    # rows that this program has written a moment ago into a folder of its own
    "explorer/history/engines/assembly.py": "pyarrow",
    "explorer/history/engines/blobs.py": "pyarrow",
    "explorer/history/engines/far_lines.py": "pyarrow",
    "explorer/history/engines/folding.py": "pyarrow",
    "explorer/history/engines/naming.py": "pyarrow",
    "explorer/history/engines/range_rows.py": "pyarrow",
    "explorer/history/engines/shared_entities.py": "pyarrow",
    "explorer/history/engines/shuffled.py": "pyarrow",
    "explorer/history/engines/targets.py": "pyarrow",
    "explorer/history/engines/field_tables.py": "pyarrow",
    "explorer/history/engines/folder_rows.py": "pyarrow",
    "explorer/history/engines/spark_reading.py": "pyarrow",
    "explorer/history/engines/spark_tasks.py": "pyarrow",
    "explorer/history/engines/spilled.py": "pyarrow",
    "explorer/history/engines/whole_log.py": "pyarrow",
    "explorer/history/folder/layout.py": "pyarrow",  # it is given bytes by place, never a name; see `place.py`
    "explorer/history/folder/parts.py": "pyarrow",  # it writes a part into the folder that is being made
    "explorer/history/folder/folder_table.py": "pyarrow",  # it is given what layout.py has read
    "explorer/history/folder/writer.py": "pyarrow",  # likewise
    "explorer/history/folder/place.py": "pyarrow",  # the way to a store of objects that a person names
    "explorer/session/lessons/mutable_row.py": "sqlite3",  # in memory
    "explorer/eventlog/statements/xml_elements.py": "xml",  # expat is given bytes, and no DTD or entity gets by
    "explorer/eventlog/profiles/xml_payload.py": "xml",  # likewise, a text
    "explorer/eventlog/profiles/yaml_payload.py": "yaml",  # its scanner is given a text, and makes no objects
}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_that_opens_files_by_itself_is_used_in_a_child_only(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names]
    named += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    found = {name.split(".")[0] for name in named} & OPENS_BY_ITSELF
    assert found <= {IN_A_CHILD.get(name_of(path))}, f"{name_of(path)} imports {', '.join(found)}"


def test_everything_but_the_desktop_works_without_qt():
    run = subprocess.run(
        [sys.executable, "-c", CORE_WITHOUT_QT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "", f"importing the core also imported {run.stdout}"


NETWORKS = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "QtNetwork",
    "QtWebSockets",
}

DRIVERS = {"psycopg", "pymysql", "confluent_kafka"}


def test_nothing_of_the_program_can_be_sent_anywhere():
    found = []
    for path in sorted((ROOT / "explorer").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{each.name}" for each in node.names]
            names = [name for name in names if not name.startswith("urllib.parse.")]  # only takes texts apart
            if path.parent.name != "sources":  # which reach what a person names, and read there
                found += [f"{path.name}: {name}" for name in names if DRIVERS & set(name.split(".")[:1])]
            found += [f"{path.name}: {name}" for name in names if NETWORKS & set(name.split(".")[:2])]
    assert found == []


def test_the_commands_in_the_readme_exist():
    readme = ROOT / "README.md"
    assert readme.is_file(), "README.md has not been written yet"
    named = set(re.findall(r"\bmake ([a-z]+)\b", readme.read_text(encoding="utf-8")))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= named, "README.md must name the two commands: make demo and make test"
    assert named & targets >= {"demo", "test"}, "the Makefile lacks a command which README.md names"


def test_every_file_that_contributing_names_is_there():
    text = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:explorer|tests|resources|\.ci)/[\w./-]+)`", text))
    assert len(named) > 15
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_command_in_contributing_exists():
    text = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE)) <= targets


@pytest.mark.timeout(120)
def test_an_installed_wheel_finds_its_resources(tmp_path):
    pytest.importorskip("hatchling")
    assert (ROOT / "README.md").is_file(), "README.md has not been written yet: no wheel without it"
    build = [sys.executable, "-c", "import sys, hatchling.build as b; print(b.build_wheel(sys.argv[1]))"]
    built = subprocess.run([*build, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    installed = tmp_path / "installed"
    with zipfile.ZipFile(tmp_path / built.stdout.split()[-1]) as wheel:
        wheel.extractall(installed)
    assert sorted(path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")) == [
        "explorer"
    ]
    ask = "import sys; sys.path.insert(0, sys.argv[1]); import explorer.resources as r; print(r.resource())"
    asked = subprocess.run(
        [sys.executable, "-P", "-c", ask, str(installed)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    found = Path(asked.stdout.strip())
    assert found.is_relative_to(installed.resolve())
    assert files_in(found) == files_in(ROOT / "resources")


def files_in(folder):
    return {
        path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }


# --- the desktop: panels below, page above -----------------------------------------------------------


def levels() -> dict[str, int]:
    """How high each package and module of the desktop stands, as pyproject.toml says it for import-linter."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [each for each in read["tool"]["importlinter"]["contracts"] if "containers" in each]
    rows = [[name.strip() for name in row.split("|")] for row in reversed(contract["layers"])]
    return {f"explorer.desktop.{name}": high for high, row in enumerate(rows) for name in row}


def run_up(needs: set["architecture.Import"]) -> set[tuple[str, str]]:
    """Which packages of the desktop need one that stands above or beside them; an import by its name counts too."""
    high, desktop = levels(), "explorer.desktop."
    inner = [
        tuple(".".join(name.split(".")[:3]) for name in (each.module, each.needed))
        for each in needs
        if each.module.startswith(desktop) and each.needed.startswith(desktop)
    ]
    return {(a, b) for a, b in inner if a != b and high[a] <= high[b]}


def test_inside_the_desktop_no_import_runs_up_not_even_by_a_name_in_a_text(needs):
    assert run_up(needs) == set()


def test_the_rule_of_the_desktop_sees_an_import_by_a_name_in_a_text():
    by_name = architecture.Import(
        "explorer.desktop.find.find_panel", "explorer.desktop.state.state_table", True
    )
    assert run_up({by_name}) == {("explorer.desktop.find", "explorer.desktop.state")}


@pytest.mark.parametrize("name", ["Page", "Window"])
def test_what_is_given_to_all_is_said_in_one_place(name):
    found = [
        name_of(path)
        for path in DESKTOP
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name == name
    ]
    assert len(found) == 1


# --- what closes goes: nothing may read it afterwards ----------------------------------------------


@pytest.mark.parametrize("path", DESKTOP, ids=name_of)
def test_no_closure_outlives_the_dialog_that_it_reads(path):
    found = list(read_too_late(ast.parse(path.read_text(encoding="utf-8"))))
    places = ", ".join(f"line {line}: {name}" for line, name in found)
    assert not found, f"{name_of(path)}: take what was chosen before the dialog goes ({places})"


def read_too_late(tree):
    """Yield line and name where a closure in a closure names a dialog: it runs when that may be gone."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            dialogs = {
                node.targets[0].id
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
                and re.search(r"(Dialog|Menu|Box|\bbox)\(", ast.unparse(node.value))
                and isinstance(node.value, ast.Call)
            }
            yield from _named_within(function, dialogs, depth=0)


def _named_within(node, names, depth):
    for child in ast.iter_child_nodes(node):
        deeper = depth + isinstance(child, ast.Lambda | ast.FunctionDef)
        if deeper > 1 and isinstance(child, ast.Name) and child.id in names:
            yield child.lineno, child.id
        yield from _named_within(child, names, deeper)


@pytest.mark.parametrize(
    "code",
    [
        "d = AskDialog()\n d.accepted.connect(lambda: ask(lambda path: write(path, d.format())))",
        "d = QFileDialog()\n def take():\n  self.ask(lambda: d.name())\n d.accepted.connect(take)",
        "menu = QMenu(self)\n def add():\n  def later():\n   menu.close()\n  run(later)",
    ],
)
def test_the_rule_sees_what_is_read_too_late(code):
    assert list(read_too_late(ast.parse(f"def f(self):\n {code}")))


def test_what_is_read_while_the_dialog_closes_is_in_time():
    code = "def f():\n d = AskDialog()\n d.accepted.connect(lambda: put(d.text()))\n d.finished.connect(d.deleteLater)"
    assert not list(read_too_late(ast.parse(code)))


@pytest.mark.parametrize("path", [*DESKTOP, ROOT / "explorer" / "desktop" / "plain.py"], ids=name_of)
def test_a_painter_is_ended_whatever_happens(path):
    """One that is still active when its widget goes takes the process with it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    held = {
        id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items
    }
    free = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "QPainter"
        and id(node) not in held
    ]
    assert not free, f"{name_of(path)}: write `with QPainter(…) as painter:` (lines {free})"


def tasks_made(tree: ast.AST) -> list[int]:
    """Where a task is begun by hand."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "BackgroundTask"
    ]


@pytest.mark.parametrize("path", [path for path in DESKTOP if path.name != "tasks.py"], ids=name_of)
def test_whose_answer_counts_is_decided_in_one_place(path):
    """A task that is begun by hand needs a check by hand that it is still the latest: see `LatestTask`."""
    assert not tasks_made(ast.parse(path.read_text(encoding="utf-8"))), "use LatestTask or run_beside"


def test_the_rule_sees_a_task_that_is_begun_by_hand():
    assert tasks_made(ast.parse("t = BackgroundTask(work, self)\ntasks.BackgroundTask(work).start()")) == [
        1,
        2,
    ]
