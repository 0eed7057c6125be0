"""Is what a value holds found, digit for digit, in whatever it is wrapped, and is nothing hostile followed?"""

import base64
import gzip
import json
import zlib
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.eventlog.profiles.decoding import MOST_BYTES, decoded, nature
from explorer.eventlog.profiles.guessing import guessed_steps
from explorer.eventlog.profiles.profile import Profile, Unwrapping, of_toml, to_toml
from explorer.eventlog.profiles.shipped import shipped
from explorer.eventlog.profiles.typed import as_members, header_members, plain_dynamo, plain_mongo, plain_otlp
from explorer.eventlog.profiles.unwrapping import unwrapper
from explorer.eventlog.profiles.xml_payload import MarkupFault, from_xml
from explorer.eventlog.profiles.yaml_payload import from_yaml
from explorer.projection.fold import fold, without_hidden
from explorer.session.document import Document

INSIDE = '{"accountId":"a","amount":0.10000000000000000001}'
VALUE = {"accountId": "a", "amount": Decimal("0.10000000000000000001")}
RAW = INSIDE.encode()
WRAPPED: list[object] = [
    INSIDE, "\\x" + RAW.hex(), "0x" + RAW.hex().upper(), f"x'{RAW.hex()}'", RAW.hex(), base64.b64encode(RAW).decode(),
    base64.urlsafe_b64encode(RAW).decode().rstrip("="), list(RAW), [each - 256 if each > 127 else each for each in RAW],
    {"type": "Buffer", "data": list(RAW)}, {"$binary": {"base64": base64.b64encode(RAW).decode(), "subType": "00"}},
    {"$binary": base64.b64encode(RAW).decode(), "$type": "00"}, json.dumps(INSIDE), f"b'{INSIDE}'",
    "\\x" + gzip.compress(RAW).hex(), base64.b64encode(zlib.compress(RAW)).decode(), "\ufeff" and "\\x" + RAW.hex(),
]  # fmt: skip


@pytest.mark.parametrize("value", WRAPPED)
def test_json_is_found_in_any_dress_to_the_last_digit(value: object) -> None:
    assert decoded(value) == VALUE
    assert decoded(decoded(value)) == VALUE


@pytest.mark.parametrize(
    "value",
    ["", "hello", "{broken", "7b7d7", "\\x7b", "12345678", "deadbeef", "[", "<a>", "--- ", "a<b", 5, None, True, [1, 2],
     base64.b64encode(b"\x08\x96\x01\x12\x07testing").decode(), "\\x" + gzip.compress(b"x" * (MOST_BYTES + 1)).hex()],
)  # fmt: skip
def test_what_cannot_be_read_stays_as_it_is(value: object) -> None:
    assert decoded(value) == value


def test_what_bytes_are_is_said_as_far_as_they_tell() -> None:
    assert nature("\\xaced0005737200") == "objects that Java has serialised"
    assert nature(base64.b64encode(b"\x08\x96\x01\x12\x07testing").decode()) == "Protobuf?"
    assert nature("\\x0000000001020304") == "a message with the id of a schema (Avro or Protobuf?)"
    assert nature("a note") is None


def test_xml_is_read_as_data() -> None:
    text = (
        '<?xml version="1.0"?><bank.Deposited><account__id>a-1</account__id><amount class="java.math.BigDecimal">'
        "50.250</amount><code>007</code><open>true</open><tags><string>x</string><string>y</string></tags>"
        '<price currency="EUR">3</price></bank.Deposited>'
    )
    assert from_xml(text) == {
        "account_id": "a-1", "amount": Decimal("50.250"), "code": "007", "open": True,
        "tags": {"string": ["x", "y"]}, "price": {"@currency": "EUR", "value": 3},
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>" * 100 + "</a>" * 100,
        "<a><b></a>",
        "<a>&lol;</a>",
        "<a>" + "<b/>" * 100_001 + "</a>",
    ],
)
def test_hostile_xml_is_not_read(text: str) -> None:
    with pytest.raises(MarkupFault):
        from_xml(text)


def test_yaml_of_ruby_is_read_as_data() -> None:
    text = (
        "---\n:account_id: a-1\n:amount: !ruby/object:BigDecimal 18:0.5025e2\nowner: 'Ada'\n:state: :open\n"
        ':note: "1.50"\n:many: 0.10000000000000000001\n:list:\n- 1\n- null\n- yes\nzip: 01234\n'
    )
    assert from_yaml(text) == {
        "account_id": "a-1", "amount": Decimal("50.25"), "owner": "Ada", "state": "open", "note": "1.50",
        "many": Decimal("0.10000000000000000001"), "list": [1, None, "yes"], "zip": "01234",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["--- 5", "---\na: &x [1]\nb: *x\n", "---\n" + "".join("  " * at + "a:\n" for at in range(100)),
     "---\n? [1]\n: 2\n", "--- 1\n--- 2\n", "---\na: [", "---\n" + "- 1\n" * 100_001],
)  # fmt: skip
def test_hostile_yaml_is_not_read(text: str) -> None:
    with pytest.raises(MarkupFault):
        from_yaml(text)


def test_json_that_tells_its_types_loses_no_digit() -> None:
    mongo = {"_id": {"$oid": "65"}, "a": {"$numberDecimal": "50.250"}, "n": {"$numberLong": "9007199254740993"},
             "at": {"$date": {"$numberLong": "5"}}, "x": {"$numberDouble": "NaN"}, "l": [{"$uuid": "u"}]}  # fmt: skip
    assert plain_mongo(mongo) == {
        "_id": "65", "a": Decimal("50.250"), "n": 9007199254740993, "at": 5, "x": {"$numberDouble": "NaN"}, "l": ["u"],
    }  # fmt: skip
    dynamo = {
        "a": {"S": "x"},
        "n": {"N": "1.50"},
        "m": {"M": {"b": {"BOOL": False}, "z": {"NULL": True}}},
        "s": 5,
    }
    assert plain_dynamo(dynamo) == {"a": "x", "n": Decimal("1.50"), "m": {"b": False, "z": None}, "s": 5}
    otlp = {"body": {"kvlistValue": {"values": [{"key": "a", "value": {"intValue": "12"}}]}},
            "attributes": [{"key": "b.c", "value": {"arrayValue": {"values": [{"stringValue": "x"}]}}}]}  # fmt: skip
    assert plain_otlp(otlp) == {"body": {"a": 12}, "attributes": {"b.c": ["x"]}}
    assert as_members([{"name": "a", "value": 1}, {"name": "a", "value": 2}]) == {"a": [1, 2]}
    assert as_members(["a", 1, "b", None]) == {"a": 1, "b": None}
    assert as_members([1, 2]) == [1, 2]
    assert header_members("type:Opened,trace:1:2") == {"type": "Opened", "trace": "1:2"}
    assert header_members("NO_HEADERS") == {}


def test_steps_copy_what_they_change_and_do_nothing_twice() -> None:
    record = {"a": {"b": "\\x7b7d", "c": 1}, "d": [1]}
    unwrap = unwrapper(
        [
            Unwrapping("a.b", ("hex", "json")),
            Unwrapping("a.b", ("json",), into="e"),
            Unwrapping("none", ("json",)),
        ]
    )
    assert unwrap is not None
    found = unwrap(record)
    assert found == {"a": {"b": {}, "c": 1}, "d": [1], "e": {}}
    assert record == {"a": {"b": "\\x7b7d", "c": 1}, "d": [1]}
    assert unwrap(found) == found
    entered = unwrapper([Unwrapping("payload", enter=True)])
    assert entered is not None
    assert entered({"payload": {"x": 1}}) == {"x": 1}
    assert entered({"payload": 5, "y": 2}) == {"payload": 5, "y": 2}


@pytest.mark.parametrize("name", shipped())
def test_a_profile_is_written_as_it_was_read(name: str) -> None:
    profile = shipped()[name]
    assert of_toml(to_toml(profile), name) == profile
    unwrap = unwrapper(profile.unwrap)
    if unwrap is not None:
        hostile: dict[str, object] = {"payload": None, "data": [], "": {}, "event": 5, "Item": "x"}
        assert unwrap(hostile) == hostile


def test_a_log_that_nobody_knows_is_looked_into_too(tmp_path: Path) -> None:
    def wrapped(record: dict[str, object]) -> str:
        return "\\x" + json.dumps(record).encode().hex()

    records = [
        {"what": "AccountOpened", "whose": "a", "inside": wrapped({"owner": "Ada"})},
        {"what": "MoneyDeposited", "whose": "a", "inside": wrapped({"amount": 5})},
    ]
    assert guessed_steps(records) == (Unwrapping("inside", ("auto",)),)
    path = tmp_path / "log.jsonl"
    lines = [{"type": each["what"], "account": each["whose"], "data": each["inside"]} for each in records]
    path.write_text("".join(json.dumps(each) + "\n" for each in lines))
    document = Document.open(str(path))
    assert dict(document.history.state(2).items())["a"]["balance"] == 5
    document.close()


@pytest.mark.parametrize("wrap", ["hex", "base64"])
def test_a_wrapped_log_beyond_every_block_says_the_same_as_the_plain_one(tmp_path: Path, wrap: str) -> None:
    def payload(number: int) -> str:
        raw = json.dumps({"accountId": f"a-{number % 7}", "amount": number}).encode()
        return "\\x" + raw.hex() if wrap == "hex" else base64.b64encode(raw).decode()

    path = tmp_path / "log.jsonl"
    with path.open("w") as file:
        for number in range(60_000):
            line = {
                "id": number,
                "type": "MoneyDeposited",
                "payload": payload(number),
                "at": 1_700_000_000 + number,
            }
            file.write(json.dumps(line) + "\n")
    assert path.stat().st_size > 6 << 20
    document = Document.open(str(path))
    state = dict(document.history.state(60_000).items())
    assert {name: row["balance"] for name, row in state.items()} == {
        f"a-{at}": sum(range(at, 60_000, 7)) for at in range(7)
    }
    assert document.event(59_999).data == {"accountId": f"a-{59_998 % 7}", "amount": 59_998}
    document.close()


def test_the_first_of_two_members_counts_in_columns_as_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "mt_events.jsonl"
    with path.open("w") as file:
        for number in range(9_000):
            data = {"amount": number} if number % 10 else None
            record = {
                "seq_id": number, "id": f"e-{number}", "stream_id": f"a-{number % 7}", "version": number, "data": data,
                "bdata": None if data else "\\x0896011207", "type": "money_deposited", "mt_dotnet_type": "B, B",
                "timestamp": "2026-01-01T00:00:00+00:00", "tenant_id": "*DEFAULT*", "is_archived": False,
            }  # fmt: skip
            file.write(json.dumps(record) + "\n")
    assert path.stat().st_size > 1 << 20
    document = Document.open(str(path))
    assert document.log.written_plainly
    found = dict(document.history.state(9_000).items())
    model = document.read_model
    events = [event for batch in document.log.batches() for event in batch.events]
    plain = fold(model, events)
    assert found == {entity: without_hidden(model, state) for entity, state in plain.items()}
    warned = {each.kind: each.count for each in document.warnings}
    assert warned["opaque-payload"] == 900
    document.close()


def test_a_table_without_names_has_the_stream_whose_versions_count(tmp_path: Path) -> None:
    path = tmp_path / "messages.tsv"
    opened, deposited = ("account_opened", {}), ("money_deposited", {"amount": 4})
    rows = [("s-1", 0, *opened), ("s-2", 0, *opened), ("s-1", 1, *deposited), ("s-2", 1, *deposited),
            ("s-1", 2, "money_withdrawn", {"amount": 2})]  # fmt: skip
    lines = [
        "\t".join([str(at), f"7d0c1f0{at}-1111-4222-8333-944455556666", whose, str(version), kind, json.dumps(data),
                   f"2026-01-0{at} 10:00:00+00", "\\N"])
        for at, (whose, version, kind, data) in enumerate(rows, 1)
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n")
    document = Document.open(str(path))
    found = dict(document.history.state(5).items())
    assert {entity: row["balance"] for entity, row in found.items()} == {"s-1": 2, "s-2": 4}
    document.close()


@pytest.mark.parametrize(
    "value",
    [["a", "b"], ["a", 1], [1, 2, 3, 4], [{"name": "a", "value": 1, "unit": "kg"}], [{"name": "a"}], [], "abcd",
     "7b7d7", "TW9uZXk=", "2026", {"S": "x", "N": "y"}, [[1, 2]]],
)  # fmt: skip
def test_plain_values_are_left_alone(value: object) -> None:
    records = [
        {"type": "A", "account": "a", "data": {"tags": value, "x": at}, "other": value} for at in range(5)
    ]
    assert guessed_steps(records) == ()


def test_members_that_are_listed_are_members() -> None:
    listed = {"fields": [{"name": "a", "value": 5}]}
    steps = guessed_steps([{"type": "A", "data": listed, "headers": ["k", "v"]}] * 5)
    assert {step.path: step.read for step in steps} == {"data.fields": ("members",), "headers": ("members",)}


def test_the_empty_profile_changes_nothing() -> None:
    assert unwrapper(Profile().unwrap) is None


def test_markup_in_a_text_that_is_called_like_no_payload_stays_a_text() -> None:
    records = [{"type": "<b>Paid</b>", "note": "<p>hi</p>", "data": {"reason": "---\na: 1"}}]
    assert guessed_steps(records) == ()
    assert guessed_steps([{"payload": "<a><b>1</b></a>"}])
