"""Does a filter over events say that it speaks of a field that no event has?"""

import json
from collections.abc import Iterator

import pytest

from explorer.session.document import Document
from explorer.session.events.filters import FilterError


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Document]:
    """Larger than every block, so that children read it; its last line is unlike all others."""
    log = tmp_path_factory.mktemp("names") / "log.jsonl"
    lines: list[dict[str, object]] = [
        {
            "type": "Sold",
            "aggregateType": "Shop",
            "data": {"shop": f"s-{n % 9}", "amount": n, "items": [{"sku": "a", "n.o": 1}], "note": "x" * 150},
            "metadata": {"user": {"name": "ada"}},
        }
        for n in range(30_000)
    ]
    lines.append({"type": "Odd", "data": {"shop": "s-1", "late": {"deep": 5}}})
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert log.stat().st_size > 6 << 20
    found = Document.open(str(log))
    yield found
    found.close()


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("ammount>5", "no event has “ammount”; near it is “amount”", (0, 9)),
        ("shop:s-1 -amuont:5", "no event has “amuont”; near it is “amount”", (9, 18)),
        ("items.skuu:a", "no event has “items.skuu”; near it is “items.sku”", (0, 12)),
        ("user.nam:ada", "no event has “user.nam”; near it is “user.name”", (0, 12)),
        ("late.dep=5", "no event has “late.dep”; near it is “late.deep”", (0, 10)),
        ("agregateType:Shop", "no event has “agregateType”; near it is “aggregateType”", (0, 17)),
        ("zzz!=1", "no event has “zzz”", (0, 6)),
        ("amount.cents>1", "no event has “amount.cents”", (0, 14)),
    ],
)
def test_a_field_that_no_event_has_is_said_with_its_place(
    document: Document, text: str, said: str, place: tuple[int, int]
) -> None:
    with pytest.raises(FilterError) as caught:
        document.filter(text)
    assert str(caught.value) == said
    assert (caught.value.start, caught.value.stop) == place


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("late.deep:5", 1),
        ("AMOUNT<3", 3),
        ("items.sku:a", 30_000),
        ("items.n.o:1", 30_000),
        ("user.name:nobody", 0),
        ("aggregateType:Shop amount:7", 1),
        ("data.amount:7", 1),
        ("type:Nothing", 0),
        ("position<3 nothing", 0),
    ],
)
def test_a_field_that_some_event_has_is_searched(document: Document, text: str, count: int) -> None:
    assert len(document.filter(text).rows()) == count
