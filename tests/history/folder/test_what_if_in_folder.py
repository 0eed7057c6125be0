"""Does a what-if in a history folder come to what it comes to in the log, by reading the events that it touches?"""

import contextlib
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

from explorer.cli.commands.generate import account_log
from explorer.history.edits import Edit
from explorer.history.folder.folder_log import NotAtHand
from explorer.history.folder.opened import open_folder
from explorer.history.folder.place import LocalPlace
from explorer.history.folder.row_groups import NeedsMemory
from explorer.history.rejections import rejected
from explorer.history.what_if import Branch
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder

ADDED = '{"type": "MoneyDeposited", "data": {"accountId": "new-1", "amount": 5}}'
EDITS = (
    lambda count: [Edit("skip", count // 2)],
    lambda count: [Edit("skip", 1), Edit("skip", count // 3), Edit("skip", count)],
    lambda count: [Edit("edit", count // 2 + 1, '{"amount": "12.345"}'), Edit("insert", 3, ADDED)],
)


@pytest.fixture(params=["made", "small-bank.jsonl", "orders.jsonl", "library.csv", "old-and-new.jsonl"])
def log(request, tmp_path) -> Path:
    if request.param != "made":
        return Path(str(resource("samples", request.param)))
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(3_000, 40, 5)))
    return path


def test_a_branch_of_a_folder_is_that_of_its_log(log, tmp_path):
    with contextlib.ExitStack() as kept:
        plain = kept.enter_context(contextlib.closing(Document.open(str(log))))
        place = write_history_folder(plain, tmp_path / "folder", group_rows=64)
        folder = kept.enter_context(contextlib.closing(Document.open(str(place))))
        for edits in EDITS:
            own = edits(plain.event_count)
            one = Branch(plain.history, plain.read_model, own)
            other = Branch(folder.history, folder.read_model, own)
            assert sorted(other.touched) == sorted(one.touched)
            assert len(other) == len(one)
            for position in {1, len(one) // 2, min(len(one), plain.event_count)}:
                wanted = {each.entity: each for each in one.differences(position, position)}
                assert {each.entity: each for each in other.differences(position, position)} == wanted
                assert dict(other.items(position)) == dict(one.items(position))
            assert other.oddities() == one.oddities()
            tried = [rejected(each, None) for each in (one, other)]
            assert [None if each is None else list(each) for each in tried[:1]] == [
                None if each is None else list(each) for each in tried[1:]
            ]


def test_where_the_log_is_gone_or_memory_too_small_it_is_refused_in_words(tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(3_000, 40, 5)))
    with contextlib.closing(Document.open(str(path))) as document:
        place = write_history_folder(document, tmp_path / "folder", group_rows=64)
    small = Document(open_folder(LocalPlace(place), 100_000))
    with contextlib.closing(small), pytest.raises(NeedsMemory, match="in memory at once"):
        Branch(small.history, small.read_model, [Edit("skip", 7)])
    path.unlink()
    gone = Document.open(str(place))
    with contextlib.closing(gone), pytest.raises(NotAtHand, match=r"not at hand: the log log\.jsonl"):
        Branch(gone.history, gone.read_model, [Edit("skip", 7)])
