"""Do object-centric logs open, in each of their ways of being written (`traces/ocel.py`, `sqlite/object_tables.py`)?"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from explorer.eventlog.log import open_log
from explorer.session.document import Document

OCEL = {
    "objectTypes": [{"name": "Order", "attributes": []}],
    "eventTypes": [],
    "objects": [
        {"id": "o1", "type": "Order", "attributes": [
            {"name": "price", "time": "1970-01-01T00:00:00Z", "value": "5"},
            {"name": "colour", "time": "1970-01-01T00:00:00Z", "value": "red"},
            {"name": "price", "time": "2025-01-02T00:00:00Z", "value": "7"},
        ]},
        {"id": "p1", "type": "Payment", "attributes": [
            {"name": "method", "time": "1970-01-01T00:00:00Z", "value": "cash"},
        ]},
    ],
    "events": [
        {"id": "e1", "type": "Place", "time": "2025-01-01T00:00:00Z", "attributes": [{"name": "by", "value": "Ada"}],
         "relationships": [{"objectId": "o1", "qualifier": "of"}, {"objectId": "p1", "qualifier": "to"}]},
        {"id": "e2", "type": "Pay", "time": "2025-01-03T00:00:00Z", "attributes": [],
         "relationships": [{"objectId": "p1", "qualifier": ""}]},
    ],
}  # fmt: skip

XML = """<?xml version='1.0' encoding='UTF-8'?>
<log>
 <object-types><object-type name="Order"><attributes/></object-type></object-types>
 <event-types><event-type name="Place"><attributes/></event-type></event-types>
 <objects>
  <object id="o1" type="Order"><attributes>
   <attribute name="price" time="1970-01-01T00:00:00Z">5</attribute>
   <attribute name="colour" time="1970-01-01T00:00:00Z">red</attribute>
   <attribute name="price" time="2025-01-02T00:00:00Z">7</attribute>
  </attributes></object>
  <object id="p1" type="Payment"><attributes>
   <attribute name="method" time="1970-01-01T00:00:00Z">cash</attribute></attributes></object>
 </objects>
 <events>
  <event id="e1" type="Place" time="2025-01-01T00:00:00Z">
   <attributes><attribute name="by">Ada</attribute></attributes>
   <objects><relationship object-id="o1" qualifier="of"/><relationship object-id="p1" qualifier="to"/></objects>
  </event>
  <event id="e2" type="Pay" time="2025-01-03T00:00:00Z"><objects><relationship object-id="p1"/></objects></event>
 </events>
</log>
"""

TABLES = """
CREATE TABLE event(ocel_id TEXT, ocel_type TEXT); CREATE TABLE object(ocel_id TEXT, ocel_type TEXT);
CREATE TABLE event_object(ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
CREATE TABLE event_map_type(ocel_type TEXT, ocel_type_map TEXT);
CREATE TABLE object_map_type(ocel_type TEXT, ocel_type_map TEXT);
CREATE TABLE event_Place(ocel_id TEXT, ocel_time TEXT, "by" TEXT); CREATE TABLE event_Pay(ocel_id TEXT, ocel_time TEXT);
CREATE TABLE object_Order(ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT, price TEXT, colour TEXT);
CREATE TABLE object_Payment(ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT, method TEXT);
INSERT INTO event VALUES('e1', 'Place'), ('e2', 'Pay'); INSERT INTO object VALUES('o1', 'Order'), ('p1', 'Payment');
INSERT INTO event_object VALUES('e1', 'o1', 'of'), ('e1', 'p1', 'to'), ('e2', 'p1', '');
INSERT INTO event_map_type VALUES('Place', 'Place'), ('Pay', 'Pay');
INSERT INTO object_map_type VALUES('Order', 'Order'), ('Payment', 'Payment');
INSERT INTO event_Pay VALUES('e2', '2025-01-03T00:00:00Z');
INSERT INTO event_Place VALUES('e1', '2025-01-01T00:00:00Z', 'Ada');
INSERT INTO object_Payment VALUES('p1', '1970-01-01T00:00:00Z', NULL, 'cash');
INSERT INTO object_Order VALUES('o1', '1970-01-01T00:00:00Z', NULL, '5', 'red'),
                               ('o1', '2025-01-02T00:00:00Z', 'price', '7', NULL);
"""


def made(folder: Path, kind: str) -> Path:
    path = folder / f"log.{kind}"
    if kind == "sqlite":
        with closing(sqlite3.connect(path)) as database:
            database.executescript(TABLES)
            database.commit()
    else:
        path.write_text(json.dumps(OCEL, indent=1) if kind == "json" else XML)
    return path


@pytest.mark.parametrize("kind", ["json", "xml", "sqlite"])
def test_the_same_log_is_the_same_state_however_it_is_written(kind: str, tmp_path: Path) -> None:
    with closing(Document.open(str(made(tmp_path, kind)))) as document:
        history = document.history
        states = [dict(history.state(position).items()) for position in range(4)]
        assert len(history) == 3
        first = {"by": "Ada", "price": "5", "colour": "red", "objects": "o1 (of), p1 (to)"}
        assert {name: value for name, value in states[1]["o1"].items() if value is not None} == first
        assert states[2]["o1"] == {**states[1]["o1"], "price": "7"}  # at a time of its own
        assert (states[3]["p1"]["objects"], states[3]["p1"]["method"]) == ("p1", "cash")
        assert document.out_of_order_count == 0  # a set has no order but that of its times


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_what_an_attribute_was_set_to_stands_where_it_stands_in_the_file(kind: str, tmp_path: Path) -> None:
    with closing(open_log(made(tmp_path, kind))) as log:
        (batch,) = log.batches()
        assert [(each.type, each.id) for each in batch.events] == [
            ("attributes set", None), ("Place", "e1"), ("Pay", "e2"),
        ]  # fmt: skip
        raw = log.raw(batch.offsets[0], batch.lengths[0]).decode()
        assert raw[0] + raw[-1] in {"{}", "<>"}
        assert "7" in raw
        assert "red" not in raw
        again = log.decode(batch.offsets[0], batch.lengths[0], 1)
        assert (again.entity, again.data, again.record["kind"]) == ("o1", {"price": "7"}, "Order")
        assert log.fields.kind == "kind"


def test_a_cut_file_keeps_what_stands_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_text(XML[: XML.index('<event id="e2"')])
    with closing(open_log(path)) as log:
        (batch,) = log.batches()
        assert [each.type for each in batch.events] == ["attributes set", "Place"]
        assert "ends early" in batch.unread[0].reason


def test_ocel_1_names_objects_and_their_kinds(tmp_path: Path) -> None:
    log = {
        "ocel:global-log": {"ocel:version": "1.0"},
        "ocel:events": {"e1": {"ocel:activity": "Place", "ocel:timestamp": "2025-01-01T00:00:00",
                               "ocel:omap": ["o1", "i1"], "ocel:vmap": {"by": "Ada"}}},
        "ocel:objects": {
            "i1": {"ocel:type": "Item", "ocel:ovmap": {"size": 2}},
            "o1": {"ocel:type": "Order", "ocel:ovmap": {"price": 5}},
        },
    }  # fmt: skip
    path = tmp_path / "a.jsonocel"
    path.write_text(json.dumps(log, indent=1))
    with closing(open_log(path)) as opened:
        (batch,) = opened.batches()
        (event,) = batch.events
        assert (event.type, event.entity, event.id) == ("Place", "o1", "e1")
        assert event.data == {"by": "Ada", "price": 5, "objects": "o1, i1 (size 2)"}
        assert event.record["kind"] == "Order"
