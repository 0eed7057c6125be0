"""Does the next log of the same shape open as a person said of the first, and is what was said part of links?"""

import json
import shlex
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.log import open_log
from explorer.eventlog.profiles.kept import as_read, forget, keep, kept_in
from explorer.eventlog.profiles.profile import Profile, Roles, Unwrapping, of_toml, to_toml
from explorer.session.changes.meanings import ReadingChoice, reading
from explorer.session.document import Document
from explorer.session.files.workspace import KeptView, encoded, link, load, workspace
from explorer.session.options import OpenOptions

OURS = Profile(
    name="Ours",
    unwrap=(Unwrapping("blob", ("base64", "json")),),
    fields=Roles(type="was", entity="wer", data="blob", form="{kind}-{id}"),
)


def written(path: Path, amount: int) -> Path:
    import base64

    blob = base64.b64encode(json.dumps({"amount": amount}).encode()).decode()
    path.write_text(json.dumps({"was": "MoneyDeposited", "wer": "konto-1", "blob": blob}) + "\n")
    return path


def balances(path: Path, options: OpenOptions) -> dict[str, object]:
    document = Document.open(str(path), options)
    try:
        return {entity: row.get("balance") for entity, row in document.history.state(1).items()}
    finally:
        document.close()


def test_a_profile_that_is_kept_is_used_for_the_next_log_of_its_shape(tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    first, second = written(tmp_path / "first.jsonl", 4), written(tmp_path / "second.jsonl", 5)
    with open_log(first) as log:
        file = keep(folder, log, OURS)
    assert of_toml(file.read_text(), file.name) == OURS
    assert balances(second, OpenOptions(profiles_dir=folder)) == {"konto-1": 5}
    other = tmp_path / "other.jsonl"
    other.write_text('{"was":"MoneyDeposited","wer":"konto-1","amount":3}\n')
    assert balances(other, OpenOptions(profiles_dir=folder)) != {"konto-1": 3}  # another shape: as without
    file.write_text("no profile")
    with open_log(second, profile=kept_in(folder)) as log:
        assert log.profile.name == ""
        assert forget(folder, log)
        assert not forget(folder, log)


def test_what_was_guessed_can_be_kept_as_a_profile(tmp_path: Path) -> None:
    path = written(tmp_path / "log.jsonl", 4)
    with open_log(path) as log:
        guessed = as_read(log)
        assert of_toml(to_toml(guessed), "guessed") == guessed
        with open_log(path, profile=guessed) as again:
            assert again.fields == log.fields


def test_a_profile_is_part_of_what_is_remembered_of_workspaces_and_of_links(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "log.jsonl", 7)
    assert reading(ReadingChoice(profile=OURS).text()).profile == OURS
    file = tmp_path / "place.hxw"
    file.write_bytes(encoded(workspace(path, KeptView(profile=OURS)), file))
    assert load(file).view.profile == OURS
    words = shlex.split(link(str(path), KeptView(profile=OURS)))
    at = words.index("--profile")
    assert main(["state", str(path), *words[at : at + 2], "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"]["konto-1"]["balance"] == 7


def test_what_types_of_an_unknown_trade_mean_is_said_by_a_profile_and_gives_its_balances(
    tmp_path: Path,
) -> None:
    from decimal import Decimal

    from explorer.eventlog.profiles.profile import of_toml

    said = """
        [fields]
        type = "was"
        time = "wann"
        entity = "konto"
        data = "inhalt"

        [meanings]
        Eroeffnung = "AccountOpened"
        Gutschrift = "MoneyDeposited"
        Lastschrift = "MoneyWithdrawn"
        Umbuchung = "MoneyTransferred"
        Schluss = "AccountClosed"
    """
    moved = {"from": "k-1", "to": "k-2", "amount": "20.25"}
    told = [
        ("Eroeffnung", "k-1", {"name": "Ada"}), ("Gutschrift", "k-1", {"amount": "100.50"}),
        ("Lastschrift", "k-1", {"amount": "30"}), ("Eroeffnung", "k-2", {}), ("Umbuchung", "k-1", moved),
        ("Schluss", "k-2", {}),
    ]  # fmt: skip
    path = tmp_path / "log.jsonl"
    with path.open("w") as file:
        for day, (kind, account, data) in enumerate(told, 1):
            record = {"was": kind, "wann": f"2026-01-0{day}", "konto": account, "inhalt": data}
            file.write(json.dumps(record) + "\n")
    document = Document.open(str(path), OpenOptions(profile=of_toml(said, "p")))
    state = {entity: (row["balance"], row["status"]) for entity, row in document.history.state(6).items()}
    assert state == {"k-1": (Decimal("50.25"), "open"), "k-2": (Decimal("20.25"), "closed")}
    assert not document.warnings
    document.close()
