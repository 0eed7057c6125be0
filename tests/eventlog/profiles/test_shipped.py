"""Does each profile that comes with the program read its sample, in every spelling and in CSV, and no other's?"""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.profiles import shipped as of_shipped
from explorer.eventlog.profiles.shipped import recognised, shipped
from explorer.eventlog.profiles.spelling import spelled
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.options import OpenOptions

SAMPLES = {path.stem: path for path in sorted(resource("profiles", "samples").iterdir())}
OF_MONEY = [
    "akka", "axon", "axon-5", "broadway", "castore", "cloudevents", "cloudevents-source", "commanded",
    "cqrs-es", "dynamodb", "emmett",
    "eventsauce", "eventsourcing", "eventsourcingdb", "eventuous", "kcat", "kurrentdb-atom", "kurrentdb-client",
    "kurrentdb-grpc", "kurrentdb-grpc-resolved", "kurrentdb-records", "marten", "marten-tenants", "message-db",
    "mongoexport", "otlp-logs", "patchlevel", "patchlevel-streams", "prooph", "rails-event-store", "sequent", "spatie",
    "sqlstreamstore", "debezium", "debezium-outbox", "debezium-wrapped", "debezium-flat", "debezium-outbox-wrapped",
    "dynamodb-stream", "kinesis", "kafka", "kafka-cloudevents", "kafka-cloudevents-headers", "kafka-debezium",
    "kafka-debezium-outbox", "kafka-debezium-wrapped",
]  # fmt: skip
OF_KINDS = {
    "akka": "Wallet", "axon": "Wallet", "axon-5": "Wallet", "castore": "WALLET", "cloudevents": "wallets",
    "cloudevents-source": "wallets",
    "commanded": "wallet", "cqrs-es": "wallet", "emmett": "wallet", "eventsourcingdb": "wallets",
    "eventuous": "Wallet", "keycloak-admin": "USER", "kurrentdb-atom": "wallet", "message-db": "wallet",
    "azure-activity": "Microsoft.Storage/storageAccounts", "google-audit": "gcs_bucket",
    "kubernetes": "Pod", "okta": "User",
    "patchlevel": "wallet", "prooph": "Bank\\Model\\Wallet", "rails-event-store": "Banking::Wallet", "stripe": "charge",
}  # fmt: skip
WHOSE = ["G-1", "G-2", "G-1", "G-2", "G-1", "G-2", "G-2"]


def seen(path: Path) -> tuple[Document, list[str], dict[str, object]]:
    document = Document.open(str(path))
    whose = [document.event(at).entity or "" for at in range(1, document.event_count + 1)]
    state = dict(document.history.state(document.event_count).items())
    return document, whose, {entity[-3:]: row.get("balance") for entity, row in state.items()}


def test_each_profile_has_a_sample_and_each_sample_a_profile() -> None:
    assert shipped().keys() == SAMPLES.keys()


def test_of_a_log_only_the_profiles_are_read_that_could_fit_it(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Path] = []
    monkeypatch.setattr(of_shipped, "_loaded", lambda path: loaded.append(path) or of_shipped.load(path))
    assert recognised([{"type": "MoneyDeposited", "at": "2026-01-01", "data": {"accountId": "a"}}]) is None
    assert len(loaded) < 8
    told = {path.stem: tuple(required or ()) for path, required in of_shipped._files().items()}
    assert told == {name: each.requires for name, each in shipped().items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_known_by_its_own_profile_and_all_of_it_is_read(name: str) -> None:
    document, whose, _ = seen(SAMPLES[name])
    try:
        assert document.log.profile.name == shipped()[name].name
        assert (document.event_count, document.unread_count) == (7, 0)
        if name != "akka-legacy":
            assert document.events.at_ns.min() > 0
            assert document.moment_text(1).startswith("Fri 1 Mar 2024")
            assert all(document.event(at).type for at in range(1, 8))
        if name not in {"sentry", "github-delivery-list"}:  # of no account; of a number
            assert [each[-3:] for each in whose] == WHOSE
        if name in OF_KINDS:
            assert {document.event(at).kind for at in range(1, 8)} == {OF_KINDS[name]}
    finally:
        document.close()


@pytest.mark.parametrize("name", OF_MONEY)
def test_the_same_bank_has_the_same_balances_in_every_store(name: str) -> None:
    document, _, balances = seen(SAMPLES[name])
    assert balances == {"G-1": Decimal("99.75"), "G-2": Decimal("41.5")}
    assert not [each.kind for each in document.warnings if each.kind not in {"newest-first", "out-of-order"}]
    document.close()


def renamed(value: object, how: str) -> object:
    """A record with the names of its columns in another spelling."""
    assert isinstance(value, dict)

    def name(own: str) -> str:
        if how == "upper":
            return own.upper()
        first, *rest = own.split("_")
        return first + "".join(map(str.capitalize, rest))

    return {name(own): inner for own, inner in value.items()}


OF_TABLES = [
    "akka", "axon", "axon-5", "commanded", "eventsourcing", "eventuous", "kurrentdb-records", "marten", "message-db",
    "patchlevel", "prooph", "rails-event-store", "spatie",
]  # fmt: skip


@pytest.mark.parametrize("how", ["upper", "camel"])
@pytest.mark.parametrize("name", OF_TABLES)
def test_a_column_may_be_spelt_in_another_way(tmp_path: Path, name: str, how: str) -> None:
    lines = SAMPLES[name].read_text().splitlines()
    path = tmp_path / "log.jsonl"
    records = [json.loads(line, parse_float=str) for line in lines]
    path.write_text("".join(json.dumps(renamed(each, how)) + "\n" for each in records))
    document, whose, balances = seen(path)
    assert [each[-3:] for each in whose] == WHOSE
    assert balances == {"G-1": Decimal("99.75"), "G-2": Decimal("41.5")}
    document.close()


@pytest.mark.parametrize("name", OF_TABLES)
def test_a_table_of_a_store_reads_the_same_from_csv(tmp_path: Path, name: str) -> None:
    records = [json.loads(line, parse_float=Decimal) for line in SAMPLES[name].read_text().splitlines()]
    path = tmp_path / "table.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(records[0])
        for record in records:
            writer.writerow([
                json.dumps(each, default=float) if isinstance(each, dict) else "" if each is None else each
                for each in record.values()
            ])  # fmt: skip
    document, whose, balances = seen(path)
    assert document.log.profile.name == shipped()[name].name
    assert [each[-3:] for each in whose] == WHOSE
    assert balances == {"G-1": Decimal("99.75"), "G-2": Decimal("41.5")}
    document.close()


def test_a_profile_that_is_named_counts_and_a_wrong_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text('{"wer":"a","was":"MoneyDeposited","wieviel":"eyJhbW91bnQiOjd9"}\n' * 3)
    profile = tmp_path / "own.toml"
    profile.write_text(
        'name = "Ours"\nunwrap = [{path = "wieviel", read = "base64 json"}]\n'
        '[fields]\ntype = "was"\nentity = "wer"\ndata = "wieviel"\n'
    )
    assert main(["state", str(log), "--profile", str(profile), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"]["a"]["balance"] == 21
    profile.write_text("unwrap = 5")
    assert main(["state", str(log), "--profile", str(profile)]) == 2
    assert "own.toml: it is no profile" in capsys.readouterr().err
    assert main(["state", str(log), "--profile", str(tmp_path / "none.toml")]) == 2


def test_what_a_person_names_takes_the_place_of_what_a_profile_says() -> None:
    from explorer.eventlog.event import FieldMap

    document = Document.open(
        str(SAMPLES["axon"]), OpenOptions(FieldMap(entity="payload.walletId", type="type"))
    )
    assert {document.event(at).type for at in range(1, 8)} == {"Wallet"}
    assert document.event(1).entity == "G-1"
    document.close()


def test_paths_that_a_log_lacks_are_left_to_be_guessed() -> None:
    record = {"EVENTID": 1, "payload": {"x": 1}}
    from explorer.eventlog.profiles.profile import Profile, Roles

    found = spelled(Profile(fields=Roles(id="event_id", entity="stream", data="payload | other")), [record])
    assert (found.fields.id, found.fields.entity, found.fields.data) == ("EVENTID", "", "payload")


@pytest.mark.parametrize("name", ["axon", "rails-event-store", "mongoexport", "marten-tenants"])
def test_nothing_is_appended_to_a_log_whose_events_are_wrapped(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(SAMPLES[name].read_bytes())
    assert main(["append", str(log), "MoneyDeposited", "--data", '{"amount": 1}']) == 2
    assert "nothing can be appended" in capsys.readouterr().err
    assert log.read_bytes() == SAMPLES[name].read_bytes()


def test_a_profile_says_what_event_types_mean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, profile = tmp_path / "log.jsonl", tmp_path / "own.toml"
    kinds = [("Eroeffnet", {}), ("Gutschrift", {"amount": 9}), ("Lastschrift", {"amount": 4})]
    log.write_text(
        "".join(json.dumps({"type": kind, "account": "a", "data": data}) + "\n" for kind, data in kinds)
    )
    profile.write_text(
        '[meanings]\nEroeffnet = "AccountOpened"\nGutschrift = "MoneyDeposited"\nLastschrift = "MoneyWithdrawn"\n'
    )
    assert main(["state", str(log), "--profile", str(profile), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"]["a"]["balance"] == 5
    profile.write_text('[meanings]\nGutschrift = "Nonsense"\n')
    assert main(["state", str(log), "--profile", str(profile), "--format", "json"]) == 2
    assert "the profile says “Nonsense” of Gutschrift" in capsys.readouterr().err


def test_what_github_lists_is_read_from_its_end_and_an_hour_of_its_archive_from_its_beginning(
    tmp_path: Path,
) -> None:
    records = [json.loads(line) for line in SAMPLES["gharchive"].read_text().splitlines()]
    listed = tmp_path / "events.json"
    listed.write_text(json.dumps(records[::-1], indent=2))
    for path, order in ((listed, "reversed"), (SAMPLES["gharchive"], "log")):
        document, whose, _ = seen(path)
        assert document.order == order
        assert [each[-3:] for each in whose] == WHOSE
        document.close()


def test_a_delivery_of_github_is_of_a_type_with_what_was_done() -> None:
    for name in ("github-deliveries", "github-delivery-list", "github-webhooks", "github-webhooks-headers",
                 "github-webhooks-proxied"):  # fmt: skip
        document, _, _ = seen(SAMPLES[name])
        types = [document.event(at).type for at in (1, 2, 3)]
        assert types == ["issues / opened", "push", "issue_comment / created"]
        document.close()


def test_what_stands_in_a_record_tells_profiles_apart_in_every_spelling() -> None:
    records = [json.loads(line) for line in SAMPLES["marten-tenants"].read_text().splitlines()]
    for how in ("camel", "upper"):
        found = recognised([renamed(each, how) for each in records])
        assert found is not None
        assert found.name == shipped()["marten-tenants"].name
