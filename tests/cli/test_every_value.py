"""Can every value that can be read be written, in every format of every command?"""

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.json_text import DEEPEST
from explorer.session.document import Document
from explorer.session.exact_json import dumps


def nested(levels: int) -> str:
    return '{"a":[' * (levels // 2) + "1" + "]}" * (levels // 2)


LOGS = {
    "a value with half a character": '{"type":"AccountOpened","data":{"accountId":"a","owner":"x\\ud800y"}}\n',
    "a type": '{"type":"T\\ud800","data":{"accountId":"a"}}\n{"type":"T\\udfff","data":{"accountId":"a"}}\n',
    "a key": '{"type":"T","data":{"accountId":"a","k\\ud800":1,"o":{"\\ud800":2}}}\n',
    "account and currency": '{"type":"MoneyDeposited","data":{"accountId":"a\\ud800","amount":1,"ccy":"\\ud800"}}\n',
    "a time": '{"type":"MoneyDeposited","data":{"accountId":"a","amount":1},"at":"2024\\ud800"}\n'
    '{"type":"MoneyDeposited","data":{"accountId":"a","amount":1},"at":"2024-01-01"}\n',
    "as deep as can be read": f'{{"type":"T","data":{{"accountId":"a","x":{nested(DEEPEST - 2)}}}}}\n',
    "deep in a text": json.dumps(
        {"type": "T", "payload": '{"accountId":"a","x":' + nested(DEEPEST - 2) + "}"}
    )
    + "\n",
    "an owner that is deep": f'{{"type":"AccountOpened","data":{{"accountId":"a","owner":{nested(DEEPEST - 2)}}}}}\n',
}
COMMANDS = [
    *(f"state --format {form}" for form in ("table", "json", "csv")),
    *(f"why a --format {form}" for form in ("table", "json", "csv")),
    *(f"events --format {form}" for form in ("table", "json", "raw")),
    *(f"find x>0 --projection latest --format {form}" for form in ("table", "json", "csv")),
    *(f"diff --from start --to end --format {form}" for form in ("table", "json")),
    *(f"what-if --skip 1 --format {form}" for form in ("table", "json")),
    *(f"verify --format {form}" for form in ("table", "json")),
    "state --order time --projection latest --format json",
    "events --match x",
]


@pytest.mark.parametrize("kind", LOGS)
def test_every_command_writes_it_in_every_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(LOGS[kind], encoding="utf-8")
    for words in COMMANDS:
        command, *rest = words.split()
        # as a terminal or a file has it: what UTF-8 has not is escaped, and nothing ends the program
        out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict")
        monkeypatch.setattr(sys, "stdout", out)
        assert main([command, str(log), *rest]) in {0, 1, 2}, words
        out.flush()
        written = out.buffer.getvalue()  # type: ignore[attr-defined]
        written.decode("utf-8")
        if "json" in words and written:
            assert isinstance(json.loads(written), Mapping), words


def test_what_is_read_is_what_is_written(tmp_path: Path) -> None:
    for number, text in enumerate(LOGS.values()):
        log = tmp_path / f"{number}.jsonl"
        log.write_text(text, encoding="utf-8")
        document = Document.open(str(log))
        for position in range(1, document.event_count + 1):
            record = document.event(position).record
            for indent in (-1, 0, 2):
                assert json.loads(dumps(record, indent=indent)) == record
        document.close()


def test_deeper_than_the_limit_is_no_object_in_a_text(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(json.dumps({"type": "T", "payload": nested(5_000)}) + "\n", encoding="utf-8")
    document = Document.open(str(log))
    assert isinstance(document.event(1).data["payload"], str)
    document.close()
