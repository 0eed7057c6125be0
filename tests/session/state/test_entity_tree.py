"""Does the tree of an entity say what it is, what the event changed inside it, and where each line is elsewhere?"""

import pytest

from explorer.session.stand import Stand
from explorer.session.state.entity_tree import MOST_HITS, PAGE, EntityTree
from tests.small_logs import opened


def order(number, **data):
    return {"type": f"Step{number}", "orderId": "o-1", "at": f"2026-01-{number:02}T10:00:00Z", "data": data}


TEA, CUP = {"sku": "tea", "quantity": 1, "price": 4.5}, {"sku": "cup", "quantity": 2, "price": 12.9}
LOG = [
    order(1, items=[TEA], total=4.5, customer={"name": "Ada", "address": {"city": "London"}}),
    order(2, items=[TEA, CUP], total=30.3),
    order(3, items=[CUP, {**TEA, "quantity": 3}], customer={"name": "Ada", "address": {"city": "Paris"}}),
    order(4, note=None),
]


@pytest.fixture
def document(tmp_path):
    document = opened(tmp_path, *LOG)
    yield document
    document.close()


def tree(document, position, entity="o-1"):
    stand = Stand(document, position)
    return EntityTree(document.history, document.noun, entity, stand.before, stand.state)


def told(found):
    return [
        (found.path_text(node), node.sign, node.text, node.before)
        for node in map(last(found), found.changes())
    ]


def last(found):
    return lambda key: found.chain(key)[-1]


def test_it_begins_with_every_field_that_was_set_and_no_other(document):
    found = tree(document, 1)
    assert [node.name for node in found.root.children] == ["items", "total", "customer"]
    assert {node.sign for node in found.root.children} == {"+"}
    assert found.summary() == "it begins here"
    assert tree(document, 0).summary() == "not there at this position"
    assert tree(document, 3, "nobody").root.children == []


def test_what_came_is_marked_where_it_stands_and_a_number_says_by_how_much(document):
    found = tree(document, 2)
    assert told(found) == [("items[1]", "+", "{3}", ""), ("total", "~", "30.3", "4.5 (+25.8)")]
    assert found.summary() == "1 added, 1 changed"
    opened_lines = found.opened({})
    assert ("items",) in opened_lines
    assert ("customer",) in opened_lines


def test_a_line_that_moved_and_changed_is_told_inside(document):
    found = tree(document, 3)
    assert sorted(told(found)) == sorted([
        ("items[1].quantity", "~", "3", "1 (+2)"),
        *[each for each in told(found) if each[0] in {"items[0]", "items[1]"}],
        ("customer.address.city", "~", "Paris", "London"),
    ])  # fmt: skip
    moved = [node for node in found.chain(("items",))[-1].children if node.fragment.moved_from is not None]
    assert len(moved) == 1


def test_a_null_that_is_set_is_there_and_one_that_is_not_is_not(document):
    found = tree(document, 4)
    assert told(found) == [("note", "+", "null", "")]
    assert found.summary() == "1 added"


def test_each_line_names_its_column_if_there_can_be_one(document):
    found = tree(document, 3)
    names = {
        found.path_text(found.chain(key)[-1]): found.column_of(found.chain(key)[-1]) for key in found.find("")
    }
    assert names == {}
    keys = [("customer", "address", "city"), ("items", 1, "sku"), ("total",)]
    columns = [found.column_of(found.chain(key)[-1]) for key in keys]
    assert columns == ["customer.address.city", "items.1.sku", "total"]
    assert found.column_of(found.root) is None


def test_names_and_values_are_found_in_any_letters(document):
    found = tree(document, 3)
    assert found.find("paris") == [("customer", "address", "city")]
    assert found.find("SKU") == [("items", 0, "sku"), ("items", 1, "sku")]
    assert found.find("12.9") == [("items", 0, "price")]


def test_what_is_gone_stays_visible_at_its_event_and_is_found(tmp_path):
    document = opened(tmp_path, order(1, tags=["red", "blue"]), order(2, tags=["blue"]))
    found = tree(document, 2)
    assert told(found) == [("tags[0]", "−", "red", "")]
    (key,) = found.find("red")
    assert key == ("tags", ~0)
    assert found.chain(key)[-1].said == "removed"
    document.close()


def test_the_lines_of_all_of_it_can_be_read_as_text(document):
    assert list(tree(document, 2).lines()) == [
        "~ items: [2]",
        "    [0]: {3}",
        "      sku: tea",
        "      quantity: 1",
        "      price: 4.5",
        "+   [1]: {3}",
        "+     sku: cup",
        "+     quantity: 2",
        "+     price: 12.9",
        "~ total: 30.3   before: 4.5 (+25.8)",
        "  customer: {2}",
        "    name: Ada",
        "    address: {1}",
        "      city: London",
    ]


def test_a_hundred_thousand_items_are_shown_in_stretches_and_the_changed_one_is_open(tmp_path):
    items = [f"s{number}" for number in range(100_000)]
    after = [*items[:60_000], "new", *items[60_000:]]
    document = opened(tmp_path, order(1, items=items), order(2, items=after))
    found = tree(document, 2)
    (line,) = found.root.children
    assert len(line.children) <= PAGE
    assert [each.name for each in line.children if each.kind] == ["[40000] … [79999]"]
    chain = found.chain(("items", 60_000))
    assert [node.name for node in chain] == ["items", "[40000] … [79999]", "[60000] … [60199]", "[60000]"]
    assert chain[-1].sign == "+"
    assert {node.key for node in chain[:-1]} <= found.opened({})
    assert len(found.find("s9")) == MOST_HITS
    assert found.find("s99999") == [("items", 100_000)]
    document.close()


def test_what_a_person_closes_stays_closed(document):
    found = tree(document, 2)
    assert ("items",) not in found.opened({("items",): False})
    assert ("items", 1) in found.opened({("items", 1): True})


def test_hostile_names_and_values_are_shown_as_escapes_and_deep_ones_to_their_end(tmp_path):
    deep = 1
    for _ in range(400):
        deep = [deep]
    other = 2
    for _ in range(400):
        other = [other]
    document = opened(
        tmp_path, order(1, **{"a\u202eb": "<b>x</b>\u0000", "": "", "deep": deep}), order(2, deep=other)
    )
    found = tree(document, 2)
    first = found.root.children[0]
    assert first.name == "a⟦U+202E⟧b"
    assert first.text == "<b>x</b>⟦U+0000⟧"
    assert found.root.children[1].text == '""'
    (key,) = found.changes()
    assert len(key) == 401
    assert found.chain(key)[-1].before == "1 (+1)"
    assert sum(1 for _ in found.lines()) == 403
    assert found.path_text(first) == '["a\u202eb"]'
    document.close()
