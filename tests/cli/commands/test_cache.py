"""Does `cache` tell its size, and is it empty once it is cleared?"""

from pathlib import Path

import pytest

from tests.cli.asked import answer, run


def test_the_cache_tells_its_size_and_is_cleared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    line = '{"type":"MoneyDeposited","data":{"accountId":"acc-%d","amount":1,"memo":"%s"}}\n'
    log.write_text(
        "".join(line % (number % 50, "x" * 400) for number in range(14_000))
    )  # too large to be read at once
    folder = tmp_path / "cache"
    words = ("state", str(log), "--cache", str(folder), "--top", "1", "--format", "json")
    first = answer(capsys, *words[:-2])
    status, out, _ = run(capsys, "cache", "--cache", str(folder))
    assert status == 0
    assert int(out.split()[0].replace(",", "")) > 100_000
    assert answer(capsys, *words[:-2]) == first  # from the kept index
    _, out, _ = run(capsys, "cache", "--clear", "--cache", str(folder))
    assert "bytes freed in" in out
    assert run(capsys, "cache", "--cache", str(folder))[1].startswith("0 bytes in")
