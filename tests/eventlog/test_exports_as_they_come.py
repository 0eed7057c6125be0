"""Are files read as people get them: with titles, without names, in an old encoding, wrapped, keyed?"""

import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event, FieldMap, Notice, Unread
from explorer.eventlog.log import open_log
from explorer.eventlog.read_as import ReadAs

HEAD = "date,type,account,amount\n"
ROWS = "2024-01-02,MoneyDeposited,a,100.00\n2024-01-03,MoneyWithdrawn,a,1.50\n"
EVENTS = [
    {"type": "MoneyDeposited", "accountId": "a", "amount": 12, "at": "2024-01-02T03:04:05Z"},
    {"type": "MoneyWithdrawn", "accountId": "a", "amount": 2, "at": "2024-01-03T03:04:05Z"},
    {"type": "MoneyDeposited", "accountId": "b", "amount": 7, "at": "2024-01-04T03:04:05Z"},
]

type Everything = tuple[list[Event], list[Unread], list[Notice], str]


def read(
    folder: Path, content: bytes | str, fields: FieldMap | None = None, read_as: ReadAs | None = None
) -> Everything:
    path = folder / "log"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    events: list[Event] = []
    unread: list[Unread] = []
    notices: list[Notice] = []
    with open_log(path, fields, read_as=read_as or ReadAs()) as log:
        for batch in log.batches():
            for event, offset, length in zip(batch.events, batch.offsets, batch.lengths, strict=True):
                assert log.decode(offset, length, event.position) == event
            events += batch.events
            unread += batch.unread
            notices += batch.notices
        return events, unread, notices, log.format


def amounts(events: list[Event]) -> list[str]:
    return [str(event.data.get("amount")) for event in events]


@pytest.mark.parametrize(
    "title",
    [
        "Account statement January\n",
        "Account statement, January\n",
        "Account,a\nFrom,2024-01-01\n\n",
        "# exported by a bank\n",
        "Title\n\nOwner: Ada\n",
        "Account statement,,,\nAccount,a,,\n,,,\n",  # as a spreadsheet writes it: as wide as the table
        ",,,\nAccount,a,from 2024-01-01,\n",
    ],
)
def test_rows_before_the_names_are_named_and_cost_no_event(tmp_path: Path, title: str) -> None:
    events, unread, notices, _ = read(tmp_path, title + HEAD + ROWS)
    assert (amounts(events), notices) == (["100.00", "1.50"], [])
    assert [fault.line for fault in unread] == [
        number for number, line in enumerate(title.splitlines(), 1) if line
    ]
    assert events[0].entity == "a"


@pytest.mark.parametrize("separator", [";", ",", "|", ":"])
def test_a_line_that_says_which_separator_is_used_is_heard(tmp_path: Path, separator: str) -> None:
    table = (HEAD + ROWS).replace(",", separator)
    events, unread, notices, _ = read(tmp_path, f"sep={separator}\n{table}")
    assert (amounts(events), unread, notices) == (["100.00", "1.50"], [], [])
    events, *_ = read(tmp_path, f'"sep={separator}"\r\n' + table.replace("\n", "\r\n"))
    assert amounts(events) == ["100.00", "1.50"]


def test_rows_longer_than_the_names_are_kept_with_a_warning_each(tmp_path: Path) -> None:
    rows = "2024-01-02,MoneyDeposited,a,100,x,y\n2024-01-03,MoneyDeposited,a,2,z\n2024-01-04,MoneyDeposited,a,1\n"
    events, unread, notices, _ = read(tmp_path, HEAD + rows)
    assert (amounts(events), unread) == (["100", "2", "1"], [])
    assert [(notice.line, notice.position) for notice in notices] == [(2, 1), (3, 2)]
    assert (events[0].data["column_5"], events[0].data["column_6"]) == ("x", "y")


def test_no_event_is_taken_for_a_row_of_names(tmp_path: Path) -> None:
    rows = "a,MoneyDeposited,76.00,2024-01-01\na,MoneyDeposited,6.00,2024-01-02\na,MoneyWithdrawn,2.00,2024-01-03\n"
    events, _, (said,), _ = read(tmp_path, rows)
    assert len(events) == 3
    assert (said.line, "--no-header" in said.text) == (1, True)
    assert [event.at for event in events] == ["2024-01-01", "2024-01-02", "2024-01-03"]
    # what a person says holds, and is no finding
    events, unread, notices, _ = read(
        tmp_path, rows, read_as=ReadAs(columns=("account", "type", "amount", "date"))
    )
    assert (amounts(events), unread, notices) == (["76.00", "6.00", "2.00"], [], [])
    assert len(read(tmp_path, rows, read_as=ReadAs(header=True))[0]) == 2
    assert read(tmp_path, rows, read_as=ReadAs(header=False))[2] == []


@pytest.mark.parametrize(
    "head",
    ["account,2023,2024,2025\n", "name,value\n", "a,b,c,d\n", '"type","at","e-mail","amount 2024"\n'],
)
def test_a_row_of_names_is_no_event(tmp_path: Path, head: str) -> None:
    width = head.count(",") + 1
    events, *_ = read(
        tmp_path, head + (",".join("x" if not at else f"{at}.5" for at in range(width)) + "\n") * 3
    )
    assert len(events) == (9 if "2023," in head else 3)  # a column for each year: each cell is one


def test_names_that_come_again_are_no_event(tmp_path: Path) -> None:
    events, (again,), _, _ = read(tmp_path, HEAD + ROWS + HEAD + ROWS)
    assert (len(events), again.line) == (4, 4)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
@pytest.mark.parametrize("form", ["csv", "lines", "array"])
def test_a_file_older_than_utf_8_is_read_and_said(tmp_path: Path, encoding: str, form: str) -> None:
    owners = ["Müller", "Geschäft", "Ada"]
    records = [{"type": "AccountOpened", "account": "a", "owner": owner} for owner in owners]
    text = {
        "csv": "type,account,owner\n" + "".join(f"AccountOpened,a,{owner}\n" for owner in owners),
        "lines": "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records),
        "array": json.dumps(records, ensure_ascii=False),
    }[form]
    events, unread, (said,), shown = read(tmp_path, text.encode(encoding))
    assert [event.data["owner"] for event in events] == owners
    assert unread == []
    assert "windows-1252" in shown
    assert "windows-1252" in said.text
    events, unread, notices, _ = read(
        tmp_path, text.encode(encoding), read_as=ReadAs(encoding="windows-1252")
    )
    assert ([event.data["owner"] for event in events], unread, notices) == (owners, [], [])


def test_an_encoding_that_is_named_is_used(tmp_path: Path) -> None:
    text = "type,account,owner\nAccountOpened,a,Łukasz\nOwnerChanged,a,Žofie\n"
    events, unread, notices, _ = read(tmp_path, text.encode("cp1250"), read_as=ReadAs(encoding="cp1250"))
    assert [event.data["owner"] for event in events] == ["Łukasz", "Žofie"]
    assert (unread, notices) == ([], [])
    for name in ("utf-17", "shift_jis", "utf-32", "rot13", "a\0b"):
        with pytest.raises(LogError):
            read(tmp_path, text, read_as=ReadAs(encoding=name))


def test_damage_is_no_old_encoding(tmp_path: Path) -> None:
    lines = "".join(json.dumps(event) + "\n" for event in EVENTS).encode()
    _, unread, _, shown = read(tmp_path, lines.replace(b"Withdrawn", b"Withdr\xffawn"))
    assert (len(unread), shown) == (1, "JSON Lines")


def test_an_old_encoding_is_read_in_every_block(tmp_path: Path) -> None:
    row = "2024-01-02,MoneyDeposited,a,1,{}\n"
    count = 60_000  # 2 MB: more than a block before the first letter beyond ASCII
    text = "date,type,account,amount,owner\n" + row.format("Mu") * count + row.format("Mü") * 3
    events, unread, (said,), _ = read(tmp_path, text.encode("latin-1"))
    assert (len(events), unread, said.position) == (count + 3, [], 1)
    assert events[-1].data["owner"] == "Mü"


WRAPPED = {
    "one event a line": '{"events":[\n' + ",\n".join(map(json.dumps, EVENTS)) + "\n]}\n",
    "the first event on the first line": '{"events":[' + ",\n".join(map(json.dumps, EVENTS)) + "]}\n",
    "a head of several members": '{"exportedAt": "2024-02-01", "count": 3, "events": [\n'
    + ",\n".join(f"  {json.dumps(event)}" for event in EVENTS)
    + "\n]}\n",
    "commas first": '{"events":[\n' + "\n,".join(map(json.dumps, EVENTS)) + "\n]}\n",
    "pretty": json.dumps({"exportedAt": "2024-02-01", "count": 3, "events": EVENTS}, indent=2),
    "hits": json.dumps(
        {
            "took": 3,
            "hits": {"total": {"value": 3}, "hits": [{"_id": "1", "_source": each} for each in EVENTS]},
        },
        indent=1,
    ),
    "hits on one line": json.dumps(
        {"hits": {"hits": [{"_id": "1", "_source": each} for each in EVENTS]}, "more": 1}
    ),
    "several lists": json.dumps(
        {
            "resourceLogs": [
                {
                    "resource": {"a": 1},
                    "scopeLogs": [{"scope": {}, "logRecords": EVENTS[:2]}, {"logRecords": []}],
                },
                {"scopeLogs": [{"logRecords": EVENTS[2:]}]},
            ]
        },
        indent=1,
    ),
    "a page of an API": json.dumps(
        {"meta": {"page": 1, "links": [{"rel": "next"}]}, "result": {"events": EVENTS}}
    ),
}


@pytest.mark.parametrize("form", WRAPPED)
def test_events_are_found_wherever_they_are_wrapped(tmp_path: Path, form: str) -> None:
    events, unread, notices, _ = read(tmp_path, WRAPPED[form])
    assert ([event.type for event in events], unread, notices) == (
        [event["type"] for event in EVENTS],
        [],
        [],
    )
    assert [event.entity for event in events] == ["a", "a", "b"]
    assert amounts(events) == ["12", "2", "7"]


def test_damage_in_one_of_several_lists_costs_no_other_event(tmp_path: Path) -> None:
    text = WRAPPED["several lists"].replace('"amount": 2,', '"amount": 2 2,')
    events, (fault,), _, _ = read(tmp_path, text)
    assert amounts(events) == ["12", "7"]
    assert fault.line == text[: text.index("2 2")].count("\n") + 1


def test_an_event_with_a_list_of_its_own_is_an_event(tmp_path: Path) -> None:
    one = {"type": "OrderPlaced", "at": "2024-01-01", "lines": [{"type": "x", "at": "2024-01-01"}]}
    events, *_ = read(tmp_path, json.dumps(one, indent=1))
    assert [event.type for event in events] == ["OrderPlaced"]
    events, *_ = read(tmp_path, "\n".join([json.dumps(one)] * 3))
    assert len(events) == 3


@pytest.mark.parametrize("separator", ["\t", ":", " : ", "|", " "])
def test_no_message_of_a_console_consumer_is_taken_for_names(tmp_path: Path, separator: str) -> None:
    lines = "".join(f"{event['accountId']}{separator}{json.dumps(event)}\n" for event in EVENTS)
    events, unread, notices, _ = read(tmp_path, lines + f"b{separator}null\n" * (separator in "\t:"))
    assert [event.type for event in events[:3]] == [event["type"] for event in EVENTS]
    assert amounts(events[:3]) == ["12", "2", "7"]
    assert [event.entity for event in events] == ["a", "a", "b", "b"][: len(events)]
    assert (unread, notices) == ([], [])


def test_what_else_the_console_consumer_prints_is_read(tmp_path: Path) -> None:
    lines = [
        f'CreateTime:1700000000{at}00\tPartition:0\tOffset:{at}\t{{"id":1}}\t{json.dumps(event)}'
        for at, event in enumerate(EVENTS)
    ]
    (first, *_), unread, _, _ = read(tmp_path, "\n".join(lines))
    assert unread == []
    assert (first.record["offset"], first.record["partition"], first.record["key"]) == (0, 0, '{"id":1}')


def test_a_path_goes_into_json_that_is_stored_as_a_text(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({"topic": "t", "partition": 0, "key": event["accountId"], "payload": json.dumps(event)})
        + "\n"
        for event in EVENTS
    ) + json.dumps({"topic": "t", "partition": 0, "key": "b", "payload": None})
    for given in (None, "type", "data.type", "payload.type"):
        events, *_ = read(tmp_path, lines, FieldMap(type=given))
        assert [event.type for event in events] == [*(event["type"] for event in EVENTS), ""]
        assert [event.entity for event in events] == ["a", "a", "b", "b"]


@pytest.mark.parametrize(
    "name",
    [
        "@timestamp",
        "@t",
        "inserted_at",
        "createTime",
        "TimeGenerated",
        "posted_at",
        "Completed Date",
        "Datum",
        "when it was",
    ],
)
def test_the_only_time_is_the_time_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    lines = "".join(
        json.dumps({name: event["at"], "type": event["type"], "amount": 1, "note": "x"}) + "\n"
        for event in EVENTS
    )
    events, *_ = read(tmp_path, lines)
    assert [event.at for event in events] == [event["at"] for event in EVENTS]


def test_the_record_itself_can_be_the_payload(tmp_path: Path) -> None:
    lines = "".join(json.dumps({**event, "data": {"calls": 1}}) + "\n" for event in EVENTS)
    assert amounts(read(tmp_path, lines)[0]) == ["None"] * 3
    assert amounts(read(tmp_path, lines, FieldMap(data="."))[0]) == ["12", "2", "7"]


@pytest.mark.parametrize("role", ["type", "time", "entity", "data"])
def test_a_field_that_no_record_has_is_refused_and_the_others_are_named(tmp_path: Path, role: str) -> None:
    lines = "".join(json.dumps(event) + "\n" for event in EVENTS)
    with pytest.raises(LogError, match="no record has a field acount; there are accountId, amount, type, at"):
        read(tmp_path, lines, FieldMap(**{role: "acount"}))


def test_a_field_that_occurs_late_or_is_empty_is_there(tmp_path: Path) -> None:
    lines = (
        "".join(json.dumps(event) + "\n" for event in EVENTS * 500) + '{"type":"T","data":{"läte":{"x":1}}}\n'
    )
    for path in ("data.läte", "data.läte.x", "data"):
        read(tmp_path, lines, FieldMap(entity=path))
    read(tmp_path, HEAD.replace("\n", ",note\n") + ROWS, FieldMap(entity="note"))
    with pytest.raises(LogError):
        read(tmp_path, lines, FieldMap(entity="late"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG picture"),
        (b"{1:F01BANKNL21XXXX0000000000}{2:O940BANKNL21XXXXN}{3:}{4:\n:20:0\n", "SWIFT MT940"),
        (b"PAR1" + bytes(100), "Parquet"),
        (b"PK\x03\x04" + bytes(100), "zip archive"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "XML"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"%PDF-1.7\n", "PDF"),
        (b"SELECT a, b FROM events GROUP BY a, b\n", "SQL"),
        (bytes(257) + b"ustar" + bytes(200), "tar archive"),
        (b"--\n-- PostgreSQL database dump\n--\n", "this SQL dump holds no rows"),
    ],
)
def test_another_kind_of_file_is_named_in_the_refusal(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(LogError, match=what):
        read(tmp_path, content)


def test_prose_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="neither JSON nor CSV"):
        read(tmp_path, "Dear Ada, hello\nI write, as I said, to you, and so on\nand so, on\nBest\n")


def test_more_columns_than_are_read_are_refused_in_a_sentence(tmp_path: Path) -> None:
    names = ",".join(f"c{at}" for at in range(20_000))
    with pytest.raises(LogError, match="20,000 columns; the limit is 4,096"):
        read(tmp_path, names + "\n" + names.replace("c", "") + "\n")


def test_amounts_beside_details_are_the_payload(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps(
            {
                "amount": -1.5,
                "details": {"bet": at},
                "player_id": "ann",
                "transaction_type": "BET",
                "ts": f"2026-01-0{at}",
            }
        )
        + "\n"
        for at in range(1, 4)
    )
    events, *_ = read(tmp_path, lines)
    assert [event.data["amount"] for event in events] == [Decimal("-1.5")] * 3
    assert events[0].type == "BET"


def test_what_was_not_named_stays_as_it_was_found(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({**event, "id": f"e-{number}", "sequence": number, "version": number}) + "\n"
        for number, event in enumerate(EVENTS, 1)
    )
    path = tmp_path / "log"
    path.write_text(lines)
    with open_log(path) as found, open_log(path, FieldMap(time="at")) as named:
        assert named.fields == found.fields


@pytest.mark.parametrize(
    ("wrapper", "read_from", "lost"),
    [
        ({"a": EVENTS, "b": EVENTS[:1]}, "a", ["b"]),
        ({"streams": {"acc-a": EVENTS[:2], "acc-b": EVENTS[2:]}}, "streams.acc-a", ["streams.acc-b"]),
        ({"x": {"deep": {"list": EVENTS[1:]}}, "events": EVENTS}, "events", ["x.deep.list"]),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_lists_of_events_beside_the_one_that_is_read_are_said(
    wrapper: object, read_from: str, lost: list[str], indent: int | None, tmp_path: Path
) -> None:
    text = json.dumps(wrapper, indent=indent)
    _, unread, _, name = read(tmp_path, text)
    assert name == f'JSON object, events in "{read_from}"'
    assert [fault.reason for fault in unread] == [
        f"“{each}” is another list of what looks like events, which is not read" for each in lost
    ]
    assert all(text.encode()[fault.byte : fault.byte + 1] == b"[" for fault in unread)


def test_lists_of_other_things_are_none_of_events(tmp_path: Path) -> None:
    others = {"columns": [{"name": "a", "width": 1}], "users": [{"name": "Ada", "createdAt": "2024-01-01"}]}
    inner = [{**each, "lines": [each]} for each in EVENTS]
    events, unread, _, _ = read(tmp_path, json.dumps({**others, "events": inner, "errors": []}))
    assert (len(events), unread) == (3, [])


@pytest.mark.parametrize(
    "text",
    [
        "export const event = " + json.dumps(EVENTS[0]) + ";",
        "var e={type:1,b:2}",
        "a,MoneyDeposited,76.00",
        ",,,",
    ],
)
def test_one_line_that_is_neither_names_nor_data_is_no_log_without_events(text: str, tmp_path: Path) -> None:
    with pytest.raises(LogError, match="neither JSON nor CSV"):
        read(tmp_path, text + "\n")


def test_a_row_of_names_alone_is_a_log_without_events(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD)[:2] == ([], [])


@pytest.mark.parametrize("told", ["a,b,c,d", "date,type,account,sum"])
def test_names_that_are_told_stand_in_place_of_those_of_the_file(told: str, tmp_path: Path) -> None:
    columns = tuple(told.split(","))
    for text in (HEAD + ROWS, ROWS):
        events, _, _, _ = read(tmp_path, text, read_as=ReadAs(columns=columns))
        assert [list(event.record) for event in events] == [list(columns)] * 2


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("key", ["events", "Records", "batch"])
def test_events_of_several_wrappers_one_after_another_are_all_read(
    key: str, indent: int | None, tmp_path: Path
) -> None:
    wrappers = [{"n": 1, key: EVENTS[:2]}, {"n": 2, key: EVENTS[2:]}, {"n": 3, key: []}]
    text = "\n".join(json.dumps(each, indent=indent) for each in wrappers)
    events, unread, _, _ = read(tmp_path, text)
    assert (amounts(events), unread) == (["12", "2", "7"], [])


def test_lines_of_which_the_first_alone_has_a_list_are_no_wrappers(tmp_path: Path) -> None:
    records = [{"amount": {"amount": [{"data": "0"}]}, "kind": "A", "b": "x"}] + [{"kind": "A", "b": "x"}] * 3
    assert len(read(tmp_path, "".join(json.dumps(each) + "\n" for each in records))[0]) == 4


def test_an_object_without_the_list_and_lists_beside_it_are_said(tmp_path: Path) -> None:
    wrappers = [{"events": EVENTS, "more": EVENTS}, {"done": True}, {"events": EVENTS[:1]}]
    text = "".join(json.dumps(each) + "\n" for each in wrappers)
    events, unread, _, _ = read(tmp_path, text)
    assert len(events) == 4
    assert [(fault.line, fault.after) for fault in unread] == [(2, 3), (1, 4)]
    assert "does not have the list" in unread[0].reason
    assert "“more” is another list" in unread[1].reason


def test_an_event_that_holds_a_list_of_others_is_one_event(tmp_path: Path) -> None:
    orders = [{"type": "OrderPlaced", "at": "2024-01-01", "accountId": "a", "items": EVENTS}] * 2
    commits = [{"createdAt": "2024-01-01", "streamId": "s", "parts": EVENTS}] * 2
    for records in (orders, commits):
        assert len(read(tmp_path, "".join(json.dumps(each) + "\n" for each in records))[0]) == 2


@pytest.mark.parametrize(
    ("record", "kinds"),
    [
        (
            {"event": "created", "createdAt": "2024-01-01", "old_values": [], "new_values": {"a": 1}},
            ["created"],
        ),
        (
            {"eventName": "Put", "eventTime": "2024-01-01", "resources": [{"ARN": "a", "type": "Bucket"}]},
            ["Put"],
        ),
        ({"accountId": "a", "createdAt": "2024-01-01", "amount": 1, "tags": []}, [""]),
        ({"type": "page", "updatedAt": "2024-01-01", "events": EVENTS[::2]}, ["MoneyDeposited"] * 2),
        ({"total": 0, "took": 3, "events": []}, []),
        ({"resourceLogs": []}, []),
    ],
)
def test_one_event_alone_is_an_event_whatever_lists_it_has_and_a_page_of_events_is_none(
    tmp_path: Path, record: dict[str, object], kinds: list[str]
) -> None:
    assert [event.type for event in read(tmp_path, json.dumps(record))[0]] == kinds


def test_a_letter_on_the_edge_of_two_blocks_is_one_letter_and_one_at_the_end_of_an_old_file_is_old(
    tmp_path: Path,
) -> None:
    from explorer.eventlog.source import Source
    from explorer.eventlog.text import Text

    def encoding(content: bytes) -> str:
        path = tmp_path / "log.csv"
        path.write_bytes(content)
        source = Source(path)
        try:
            return Text(source).encoding
        finally:
            source.close()

    block = 1 << 20
    head = b"type,name\n" + b"A,B\n" * (block // 4)
    for before in range(block - 2, block + 1):
        assert encoding(head[: before - 1] + "x\u00e9 or \u00e8\n".encode()) == "utf-8"
    assert encoding(b"type,name\nA,Jos\xe9") == "windows-1252"
    assert encoding(head + b"A,Jos\xe9") == "windows-1252"
    assert encoding(b"type,name\nA,Jos" + "\u00e9".encode()) == "utf-8"


@pytest.mark.parametrize(
    ("text", "keys", "values"),
    [
        ('Key: a\tValue: {"type":"X","n":1}\nKey: b\tValue: {"type":"X","n":2}\n', ["a", "b"], {}),
        ('Topic: t\tPartition: 0\tOffset: 4\tTimestamp: 1767258000000\tKey: a\tValue: {"type":"X","n":1}\n',
         ["a"], {"topic": "t", "partition": 0, "offset": 4, "timestamp": 1_767_258_000_000}),
        ('CreateTime:1767258000000\t{"type":"X","n":1}\nCreateTime:1767258000001\t{"type":"X","n":2}\n',
         [None, None], {"timestamp": 1_767_258_000_000}),
    ],
)  # fmt: skip
def test_what_the_tools_of_kafka_print_with_labels_is_read_by_them(
    text: str, keys: list[str | None], values: dict[str, object], tmp_path: Path
) -> None:
    path = tmp_path / "topic.txt"
    path.write_text(text + "% Reached end of topic t [0] at offset 2\nProcessed a total of 2 messages\n")
    with open_log(path) as log:
        (batch,) = log.batches()
    records = [event.record for event in batch.events]
    assert [record["key"] for record in records] == keys
    assert records[0]["value"] == {"type": "X", "n": 1}
    assert {name: records[0][name] for name in values} == values
    assert [each.reason for each in batch.unread] == [
        "no message, but what the tool that wrote them says"
    ] * 2


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"a: x\nlist:\n  - a\n  - b\n", "YAML"),
        (b"From: a@b.c\nSubject: hi\n\nHello\n", "an e-mail"),
        (b"[section]\nname = 1\n", "settings"),
        (b'127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 23\n', "web server"),
        (b"Jan  5 10:00:00 host sshd[12]: Accepted\n", "a log of a system"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "calendar"),
        (b"\0asm\1\0\0\0", "WebAssembly"),
        (b"\xe0\x1c\x07" + bytes(range(1, 32)) * 20, "no text"),
        (b"just some words\n", "neither JSON nor CSV"),
    ],
)
def test_what_is_no_log_is_named(content: bytes, what: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(LogError, match=what):
        open_log(path)


@pytest.mark.parametrize(
    ("members", "what"),
    [
        (["[Content_Types].xml", "word/document.xml"], "a Word document"),
        (["[Content_Types].xml", "ppt/presentation.xml"], "PowerPoint"),
        (["META-INF/MANIFEST.MF", "A.class"], "a Java archive"),
        (["mimetype:application/epub+zip", "x.xhtml"], "EPUB"),
        (["mimetype:application/vnd.oasis.opendocument.text", "content.xml"], "a text document"),
    ],
)
def test_a_document_that_is_a_zip_archive_is_named(members: list[str], what: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    with zipfile.ZipFile(path, "w") as archive:
        for each in members:
            name, _, content = each.partition(":")
            archive.writestr(name, content or "<x/>")
    with pytest.raises(LogError, match=what):
        open_log(path)
