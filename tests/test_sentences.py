"""Is what the rooms below the window say said in the person's language, and never otherwise than it was meant?"""

import ast
import itertools
import json
import re
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.eventlog.errors import LogError
from explorer.history.oddities import KINDS
from explorer.history.verify import CHECKS
from explorer.language import speak
from explorer.projection.sql.query_text import SqlError
from explorer.resources import resource
from explorer.sentences import SENTENCES, in_words, translated
from explorer.session.document import Document
from tests.test_translation import ROOT, texts_of

sys.path.insert(0, str(ROOT / ".ci"))
import core_sentences

CORE = texts_of(resource("translations", "core", "de.ts"))

# What is given to these becomes a sentence that the window shows.
SAYS = {
    "LogError", "CannotWrite", "InDoubt", "JsonFault", "NotWritable", "Broken", "NotApplicable", "OtherStyle",
    "SqlError", "ProgramError", "UpcastError", "StepError", "Unread", "Notice", "Problem", "Finding", "Fault", "error",
}  # fmt: skip


@pytest.fixture
def german() -> Iterator[None]:
    speak(str, "de")
    yield
    speak()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    event = '{"type": "Noted", "at": "%s", "data": {"accountId": "a"}}'
    lines = [event % "2024-01-01", event % "soon", '{"type": "Noted" "at": 1}', "[1]"]
    path.write_text("\n".join(lines) + "\n")
    return path


# --- nothing is left out ----------------------------------------------------------------------------------


def modules() -> list[Path]:
    paths = [path for room in core_sentences.ROOMS for path in (ROOT / "explorer" / room).rglob("*.py")]
    return sorted(
        path
        for path in paths
        if not path.relative_to(ROOT / "explorer").as_posix().startswith(core_sentences.WITHOUT)
    )


def unsaid(tree: ast.AST) -> Iterator[str]:
    """Yield each sentence that is handed to the window and has no German."""
    known = {core_sentences.skeleton(text) for text in CORE}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for argument in node.args if called in SAYS else ():
                branches = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
                for text in itertools.chain(*map(core_sentences.templates_of, branches)):
                    pieces = core_sentences.skeleton(text)
                    if pieces not in known and any(map(str.isalpha, "".join(pieces))):
                        yield text


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_every_sentence_about_a_log_a_query_or_a_program_has_german(path: Path) -> None:
    names = {*KINDS, *CHECKS, "standard input"}
    told = unsaid(ast.parse(path.read_text(encoding="utf-8")))
    assert [text for text in told if text not in names] == []


@pytest.mark.parametrize(
    "code",
    [
        "raise LogError(name, f'it is {colour}')",
        "raise LogError(name, 'it is blue')",
        "raise SqlError('blue' if x else 'it is a list')",
        "batch.unread.append(Unread(1, 2, 3, 4, 'bluish', 5, 6))",
        "raise self.text.error(node, f'“{name}”: blue')",
    ],
)
def test_the_rule_sees_a_sentence_without_german(code: str) -> None:
    assert list(unsaid(ast.parse(code)))


def test_what_is_loaded_is_what_was_translated() -> None:
    loaded = json.loads(resource("translations", "core", "de.json").read_text(encoding="utf-8"))
    assert loaded == CORE, "run .ci/translations.py"


def test_a_translation_has_the_same_places_for_values() -> None:
    def places(text: str) -> list[str]:
        return sorted(f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name)

    for text, translation in CORE.items():
        assert places(text) == places(translation), text


def test_the_window_shows_no_error_as_it_was_made() -> None:
    """`str(error)` is English: `in_words(error)` is what a person reads."""
    for path in (ROOT / "explorer" / "desktop").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        fine = {
            id(part) for call in calls if ast.unparse(call.func) == "translated" for part in ast.walk(call)
        }
        said = [node for node in ast.walk(tree) if isinstance(node, (ast.Call, ast.Attribute))]
        raw = [node for node in said if ast.unparse(node) in {"str(error)", "error.strerror", "error.reason"}]
        found = [node.lineno for node in raw if id(node) not in fine]
        assert found == [], path.name


# --- each is found again ----------------------------------------------------------------------------------


def filled(text: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """A template with values, in both languages."""
    english, german = {}, {}
    for number, (_, name, spec, _) in enumerate(string.Formatter().parse(text)):
        if name is not None:
            english[name] = german[name] = f"Xq{number}"
            if spec == ",":
                english[name], german[name] = f"{number + 1},234", f"{number + 1}.234"
            elif spec == "d":
                english[name] = german[name] = str(number + 7)
            elif name.rstrip("23456789") in SENTENCES and name != "shown":
                english[name], german[name] = "it is no TOML", "das ist kein TOML"
    return text, english, german


def put(text: str, values: dict[str, str]) -> str:
    return core_sentences.SPEC.sub(r"{\1}", text).format(**values)


@pytest.mark.parametrize("text", sorted(CORE))
def test_a_sentence_with_values_is_found_again_by_its_template(german: None, text: str) -> None:
    _, english, german_values = filled(text)
    assert translated(put(text, english)) == put(CORE[text], german_values)


@pytest.mark.parametrize(
    ("english", "meant"),
    [
        ("sequence 12 of order 7 follows 9: 10 to 11 missing", "sequence 12 von order 7 folgt auf 9: 10 bis 11 fehlt"),
        ("its opening balance “1.000” may be 1 or 1000", "Anfangsbestand: „1.000“ kann 1 oder 1000 sein"),
        ("no event has “data.x”; there are a, b, …", "kein Ereignis hat „data.x“; es gibt a, b, …"),
        ("no event is of the type “X”; near it is a; b", "kein Ereignis ist vom Typ „X“; ähnlich ist a; b"),
        (
            "the step from version 1 of A failed: KeyError: 'x' (m.py, line 3)",
            "der Schritt von Version 1 von A ist gescheitert: KeyError: 'x' (m.py, Zeile 3)",
        ),
        (
            "nothing in it could be read as an event: it is a list (and 1,203 more)",
            "nichts darin ließ sich als Ereignis lesen: es ist eine Liste (und 1.203 weitere)",
        ),
        ("permission denied; nothing was written", "keine Berechtigung; nichts wurde geschrieben"),
        ("[Errno 13] Permission denied: '/tmp/x'", "[Errno 13] keine Berechtigung: '/tmp/x'"),
        ('the key "is there, and is no lock" appears twice; the last value counts',
         "der Schlüssel „is there, and is no lock“ steht zweimal da; der letzte Wert zählt"),
    ],
)  # fmt: skip
def test_a_sentence_made_of_sentences_is_german_throughout(german: None, english: str, meant: str) -> None:
    assert translated(english) == meant


@pytest.mark.parametrize(
    "text",
    [
        "a has no room in b has no room in c",
        "a could be anything",
        "",
        "x" * 5_000,
        "a has no column “b”; it has " * 99,
    ],
)
def test_what_is_unknown_or_can_be_understood_in_two_ways_stays_as_it_is(german: None, text: str) -> None:
    assert translated(text) == text


@pytest.mark.parametrize("text", sorted(CORE))
def test_a_log_that_repeats_our_sentences_costs_no_time(german: None, text: str) -> None:
    """What a log says is part of them: names and types may look like a template again and again."""
    repeated = core_sentences.SPEC.sub("1", re.sub(r"\{\w+\}", "1", text)) + "; "
    begun = time.process_time()
    translated((repeated * 2_000)[:1_990])
    assert time.process_time() - begun < 1


def test_an_error_is_said_with_its_place(german: None) -> None:
    error = LogError("a: b.csv", "it has no tables", line=1_203, column=2, byte=40_000)
    assert in_words(error) == "a: b.csv, Zeile 1.203, Spalte 2, Byte 40.000: sie hat keine Tabellen"
    assert (
        in_words(SqlError("it must be one SELECT", "x\ny", 2, 3))
        == "Zeile 2, Spalte 1: es muss genau ein SELECT sein"
    )
    assert in_words(ValueError("it is no TOML")) == "das ist kein TOML"


# --- where it is shown ------------------------------------------------------------------------------------


def test_what_was_not_read_and_what_is_odd_is_german_in_a_german_document(german: None, log: Path) -> None:
    document = Document.open(str(log))
    rows = [document.entry(row) for row in range(1, document.entry_count)]
    assert [row.unread_reason or row.notice for row in rows] == [
        "die Zeit „soon“ ist keine lesbare Zeit",
        "ein Komma oder eine schließende geschweifte Klammer fehlt",
        "eine Liste, kein Ereignis (ein JSON-Objekt)",
    ]
    assert [text.partition(": ")[2] for text in document.unread_reasons] == [
        row.unread_reason for row in rows[1:]
    ]
    said = {each.kind: each.text for each in document.warnings}
    assert said["unread"].endswith("ein Komma oder eine schließende geschweifte Klammer fehlt.")
    assert [text for _, _, text in document.warned("no-time")] == ["die Zeit „soon“ ist keine lesbare Zeit"]
    document.close()


def test_commands_speak_english_whatever_the_system_speaks(log: Path, tmp_path: Path) -> None:
    """And they do not read what only the window needs."""
    code = (
        "import sys; from explorer.cli.main import main; from explorer import sentences\n"
        f"main(['verify', {str(log)!r}]); main(['state', {str(tmp_path / 'none.jsonl')!r}])\n"
        "sys.exit(sentences._known.cache_info().misses)"
    )
    environment = {"LANG": "de_DE.UTF-8", "LANGUAGE": "de", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "expected a comma or a closing brace" in run.stdout
    assert "there is no such file" in run.stderr
