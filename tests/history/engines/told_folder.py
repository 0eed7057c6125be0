"""What does a history folder say, row by row, in names instead of numbers?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

type Told = dict[str, Any]


class ToldFolder:
    """Reads the files of a folder without the program that wrote them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())

    def rows(self, table: str) -> list[dict[str, Any]]:
        """All rows of a table."""
        parts = self.manifest["tables"].get(table, ())
        return [row for part in parts for row in pq.read_table(self._folder / part["file"]).to_pylist()]

    def names(self, table: str) -> list[Any]:
        """What codes stand for."""
        return [row["name"] if row["json"] is None else ("json", row["json"]) for row in self.rows(table)]

    def all(self) -> Told:
        """Everything, to be compared with what another engine has written."""
        entities, types = self.names("names/entities"), self.names("names/types")
        found: Told = {"events": list(self._events(entities, types)), "density": self._density(types)}
        named = [(entities[row["entity"]], row["position"]) for row in self.rows("by-entity/named")]
        found["named"] = sorted(named)
        order = self.manifest["orders"]["log"]
        for number, about in enumerate(order["fields"]):
            found[about["field"]["name"]] = self._field(number, about, entities)
        for name, other in self.manifest["orders"].items():
            if name != "log":
                found[f"{name}: events"] = self.rows(f"{name}/by-position/events")
                found[f"{name}: problems"] = other["problems"], other["unlisted"], other["touches"]
                for number, about in enumerate(other["fields"]):
                    own = self._field(number, about, entities, f"{name}/")
                    found[f"{name}: {about['field']['name']}"] = own
        for name in ("events", "entities", "unknown", "schemas", "notices", "unread", "model"):
            found[f"manifest {name}"] = self.manifest[name]
        for name, each in self.manifest["orders"].items():
            room = "" if name == "log" else f"{name}/"
            slots = self.rows(f"{room}slots/field-{each['touches']:02}")
            found[f"{room}born"] = [
                (entities[slots[row["slot"]]["entity"]], row["position"])
                for row in self.rows(f"{room}slots/born")
            ]
        found["by name"] = self._by_name(entities)
        kinds = self.names("names/kinds")
        of = ((entities[row["entity"]], row["kind"]) for row in self.rows("slots/kinds"))
        found["kinds"] = sorted((str(name), "" if kind is None else kinds[kind]) for name, kind in of)
        found["manifest mixed_kinds"] = sorted(self.manifest["mixed_kinds"])
        found["problems"] = order["problems"], order["unlisted"]
        about = dict(self.manifest["about"])
        counts = dict(zip(types, about.pop("type_counts"), strict=True))
        found["about"] = about, {name: count for name, count in counts.items() if count}
        return found

    def _by_name(self, entities: list[Any]) -> list[str] | None:
        """The names of entities by their bytes, wherever they stand so; None if one of them is no UTF-8."""
        if any(isinstance(name, tuple) for name in entities):
            return None
        rows = self.rows("names/entities-by-name") or self.rows("names/entities")
        assert [entities[row["code"]] for row in rows] == [row["name"] for row in rows]
        return [row["name"] for row in rows]

    def _events(self, entities: list[Any], types: list[Any]) -> Iterator[dict[str, Any]]:
        for row in self.rows("by-position/events"):
            row["type"] = types[row["type"]]
            row["entity"] = None if row["entity"] is None else entities[row["entity"]]
            yield row

    def _density(self, types: list[Any]) -> list[tuple[Any, ...]]:
        rows = self.rows("density")
        return sorted(
            (row["first"], str(types[row["type"]]), row["count"], row["from_ns"], row["to_ns"])
            for row in rows
        )

    def _field(self, number: int, about: dict[str, Any], entities: list[Any], order: str = "") -> Told:
        table = f"field-{number:02}"
        keys = self.names(f"{order}names/keys/{table}")
        values = self.names(f"{order}names/values/{table}")
        slots = self.rows(f"{order}slots/{table}")

        def slot(at: int) -> tuple[Any, Any]:
            own = slots[at]
            return entities[own["entity"]], None if own["key"] is None else keys[own["key"]]

        def value(row: dict[str, Any]) -> Any:
            if "code" in row:
                return values[row["code"]]
            if "units" not in row:
                return None
            if row["units"] is not None:
                return row["units"] // 10 ** (about["scale"] - row["decimals"]), row["decimals"]
            wide = row["digits"] if row["wide"] is None else row["wide"]
            return int(wide), row["decimals"]

        sorted_rows = self.rows(f"{order}by-entity/{table}")
        moved = self.rows(f"{order}by-position/{table}")
        frames = self.rows(f"{order}keyframes/{table}")
        for row in moved:
            other = sorted_rows[row["change"]]
            assert (other["slot"], other["position"]) == (row["slot"], row["position"])
            assert value(other) == value(row)
        totals = [
            {
                **row,
                **({"key": None if row["key"] is None else keys[row["key"]]} if "key" in row else {}),
                **({"code": str(values[row["code"]])} if "code" in row else {}),
            }
            for row in self.rows(f"{order}totals/{table}")
        ]
        return {
            "totals": sorted(map(str, totals)),
            "sorted": sorted(
                (str(slot(row["slot"])), row["position"], str(value(row))) for row in sorted_rows
            ),
            "moved": [(row["position"], slot(row["slot"]), value(row)) for row in moved],
            "frames": sorted((str(slot(row["slot"])), str(value(row))) for row in frames),
            "born": [
                slot(at)
                for at in sorted(
                    (at for at, row in enumerate(slots) if row["born"] is not None),
                    key=lambda at: slots[at]["born"],
                )
            ],
            "slots": sorted(
                (str(slot(at)), row["changes"], str(row["first_position"])) for at, row in enumerate(slots)
            ),
            "about": {name: about[name] for name in ("changes", "slots", "twice", "scale", "kind")},
        }
