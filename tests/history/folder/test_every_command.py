"""Does every command say of a history folder what it says of its log, on logs that nobody here wrote?"""

import contextlib
import json
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.files.folders import orders_of, write_history_folder
from tests.cli.asked import run

LOGS = (
    "accounts/b1k.jsonl", "accounts/b1k.csv", "cases/cdc-delete.jsonl", "cases/far-dates.jsonl",
    "cases/newest-first.csv", "cases/german-thousands.csv", "cases/mixed-currency-total.csv",
    "cases/nested-arrays.json", "cases/mt940.txt", "process/running-example.xes", "redux-devtools/*.json",
    "ledgers/ledger-drewr3.jsonl", "temporal/single_agent.json",
)  # fmt: skip
SAMPLES = ("damaged.jsonl", "orders.jsonl", "library.csv", "old-and-new.jsonl", "small-bank.jsonl")


def same_of(capsys: pytest.CaptureFixture[str], log: Path, folder: Path) -> None:
    with contextlib.closing(Document.open(str(log))) as document:
        write_history_folder(document, folder, group_rows=64)
        half = str(document.event_count // 2)
        entity = next(iter(document.history.entities), "nobody")
        shown = [field for field in document.history.fields if not field.hidden]
        field = next((each.name for each in shown if each.is_number), shown[0].name if shown else "x")
        orders = [each for each in ("time", "reversed") if each in {*orders_of(document), "time"}]
    asked = [
        *(f"state --format {each}" for each in ("table", "json", "csv", "tree")),
        f"state --position {half} --sort=-{field} --top 5",
        *(f"events --limit 40 --format {each}" for each in ("table", "json", "csv", "raw")),
        *(f"diff --from {half} --to end --format {each}" for each in ("table", "json")),
        "verify --format json",
        *(f"state --position {half} --order {order} --format json" for order in orders),
    ]
    words = [each.split(" ") for each in asked]
    words += [["why", entity, "--format", each] for each in ("table", "json", "csv")]
    words += [["find", f"{field} > 1", "--format", each] for each in ("table", "json", "csv")]
    for name, *rest in words:
        wanted = run(capsys, name, str(log), "--no-cache", *rest)
        found = run(capsys, name, str(folder), *rest)
        told = [each.replace("history folder, ", "").replace(log.name, folder.name) for each in found[1:]]
        assert (found[0], *told) == (wanted[0], *(each.replace(log.name, folder.name) for each in wanted[1:]))


@pytest.mark.parametrize("name", SAMPLES)
def test_of_a_sample_log_every_command_says_the_same(tmp_path, capsys, name):
    same_of(capsys, Path(str(resource("samples", name))), tmp_path / "folder")


@pytest.mark.parametrize("name", LOGS)
def test_of_a_shared_log_every_command_says_the_same(shared_data: Path, tmp_path, capsys, name):
    log = next(iter(sorted(shared_data.glob(name))))
    same_of(capsys, log, tmp_path / "folder")


def test_a_log_of_several_parts_gives_the_bytes_of_each(tmp_path):
    import msgspec

    from explorer.history.folder import manifest as manifests
    from explorer.history.folder.from_history import log_about
    from explorer.history.folder.opened import open_folder
    from explorer.history.folder.place import LocalPlace

    lines = [f'{{"type":"Paid","data":{{"accountId":"a","amount":{n}}}}}\n' for n in range(20)]
    parts = []
    for at, some in enumerate((lines[:12], lines[12:])):
        path = tmp_path / f"part-{at}.jsonl"
        path.write_text("".join(some))
        with contextlib.closing(Document.open(str(path))) as document:
            parts += log_about(document.log, len(some)).parts
    (tmp_path / "all.jsonl").write_text("".join(lines))
    with contextlib.closing(Document.open(str(tmp_path / "all.jsonl"))) as document:
        folder = write_history_folder(document, tmp_path / "folder")
    file = folder / "manifest.json"
    told = manifests.loads(file.read_bytes(), "folder")
    file.write_bytes(
        manifests.dumps(
            msgspec.structs.replace(told, log=msgspec.structs.replace(told.log, parts=tuple(parts)))
        )
    )
    (tmp_path / "all.jsonl").unlink()
    with contextlib.closing(Document(open_folder(LocalPlace(folder)))) as document:
        log = document.log
        assert log.raw(len("".join(lines[:15])), len(lines[15]) - 1) == lines[15][:-1].encode()
        assert log.raw(0, 5) == lines[0][:5].encode()


def test_members_are_told_whatever_they_are_called(tmp_path, capsys):
    called = ("(events)", "(end)", "(perhaps end)", "(named alone)", "(kind)", "version", "position", "")
    data = [json.dumps(dict.fromkeys(called, at) | {"item": f"i{at % 2}"}) for at in range(6)]
    log, folder = tmp_path / "log.jsonl", tmp_path / "made"
    log.write_text(
        "".join(f'{{"type":"T","at":"2026-01-0{at + 1}","data":{each}}}\n' for at, each in enumerate(data))
    )
    entity = ["--entity-field", "data.item"]
    assert run(capsys, "index", str(log), "--out", str(folder), "--engine", "local", *entity)[0] == 0
    wanted = {"i0": dict.fromkeys(called, 4), "i1": dict.fromkeys(called, 5)}
    for source in ([str(folder)], [str(log), *entity, "--no-cache"]):
        told = json.loads(run(capsys, "state", *source, "--format", "json")[1])
        assert told["state"] == wanted
    same_of(capsys, log, tmp_path / "folder")
