"""Are logs that live elsewhere opened by mouse and keys and followed: tables, topics, several files at once?"""

from decimal import Decimal
from pathlib import Path

from tests.journeys.program import Program, answer
from tests.journeys.screen import Screen, Thing, eventually
from tests.journeys.test_stores import EVENTS, sees_balance
from tests.kafka_broker import KafkaBroker
from tests.mariadb_server import MariadbServer
from tests.postgres_server import PostgresServer

PASSWORD = "hush/@1"
ROWS = """INSERT INTO %s (type, account_id, data, at) SELECT 'MoneyDeposited', 'acc-' || n %% 4,
    jsonb_build_object('amount', 1.10), timestamptz '2026-01-01' + n * interval '1 second'
    FROM generate_series(%d, %d) n"""


def child(display: Screen, role: str, name: str, begin: str) -> Thing:
    """What stands in a list or a table and begins so."""
    within = display.see(role, name)
    return eventually(
        lambda: next((each for each in within.children if each.name.startswith(begin)), None),
        f"{begin} in {name}",
    )


def test_a_table_of_postgresql_is_connected_to_chosen_and_followed(display: Screen, home: Path) -> None:
    table = "(id bigserial PRIMARY KEY, type text, account_id text, data jsonb, at timestamptz)"
    with PostgresServer() as server:
        server.ask(
            f"CREATE TABLE events {table}", f"CREATE TABLE old_events {table}",
            ROWS % ("events", 0, EVENTS - 1), ROWS % ("old_events", 0, 9),
            "GRANT SELECT ON events, old_events TO reader", database="shop",
        )  # fmt: skip
        server.demand_passwords()
        with Program(display, home) as program:
            program.do_menu("File", "Connect")
            display.see("combo box", "Address").press()
            display.write(server.address("reader"))
            display.keys("Tab")
            display.write(PASSWORD)
            display.keys("Return")
            eventually(lambda: "look like events" in program.label("What came of it"), "the tables")
            child(display, "list", "Tables and topics", "public.events").press()
            display.see("push button", "Open").press()
            program.window("shop, public.events")
            program.stands_at(EVENTS, EVENTS)
            sees_balance(program, "acc-1", Decimal("1.10") * (EVENTS // 4))
            server.ask(ROWS % ("events", EVENTS, EVENTS + 3), database="shop")
            eventually(lambda: f"of {EVENTS + 4:,}" in program.status(), "what came later")
            display.keys("End")
            program.stands_at(EVENTS + 4, EVENTS + 4)
            sees_balance(program, "acc-1", Decimal("1.10") * (EVENTS // 4 + 1))
            assert PASSWORD not in display.told()
    kept = [each.read_bytes() for each in home.rglob("*") if each.is_file()]
    assert any(b"postgresql://reader@" in each for each in kept)  # the address, among the recent logs
    assert not any(b"hush" in each for each in kept)


def test_a_table_of_mariadb_is_opened_by_its_address_and_followed(display: Screen, home: Path) -> None:
    with MariadbServer() as server:
        rows = """INSERT INTO events (type, account_id, data, at) SELECT 'MoneyDeposited', concat('acc-', seq %% 4),
            '{"amount": 1.10}', '2026-01-01' FROM seq_%d_to_%d"""
        server.ask(
            "CREATE TABLE events (id bigint AUTO_INCREMENT PRIMARY KEY, type varchar(40), account_id varchar(40),"
            " data json, at datetime)",
            rows % (0, EVENTS - 1),
            "GRANT SELECT ON shop.events TO reader@localhost",
            database="shop",
        )
        with Program(display, home, server.address("reader", password="hush%2F%401")) as program:
            program.window("shop, shop.events")
            program.stands_at(EVENTS, EVENTS)
            sees_balance(program, "acc-1", Decimal("1.10") * (EVENTS // 4))
            server.ask(rows % (EVENTS, EVENTS + 3), database="shop")
            eventually(lambda: f"of {EVENTS + 4:,}" in program.status(), "what came later")
            display.keys("End")
            program.stands_at(EVENTS + 4, EVENTS + 4)
            sees_balance(program, "acc-1", Decimal("1.10") * (EVENTS // 4 + 1))


def test_several_files_are_one_log_and_one_of_them_is_switched_off(
    display: Screen, home: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "berlin.jsonl", tmp_path / "cairo.jsonl", tmp_path / "delhi.jsonl"]
    for at, file in enumerate(files):
        with file.open("w", encoding="utf-8") as lines:
            for n in range(at, EVENTS, len(files)):
                data = f'{{"accountId":"acc-{n % 2}","amount":1.10}}'
                time = f"2026-01-01T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z"
                lines.write(f'{{"type":"MoneyDeposited","data":{data},"at":"{time}"}}\n')
    berlin, cairo, delhi = map(str, files)
    told = answer("state", berlin, "--also", delhi, home=display.environment)["state"]
    left = len(range(0, EVENTS, 3)) + len(range(2, EVENTS, 3))
    with Program(display, home, berlin, cairo, delhi) as program:
        program.window("berlin.jsonl and 2 more")
        program.stands_at(EVENTS, EVENTS)
        sees_balance(program, "acc-1", Decimal("1.10") * (EVENTS // 2))
        program.do_menu("File", "Files of this log")
        child(display, "table", "Files", "cairo.jsonl").press()
        display.keys("space")
        display.see("push button", "OK").press()
        program.stands_at(left, left)
        sees_balance(program, "acc-1", told["acc-1"]["balance"])


def test_a_topic_of_kafka_is_opened_and_what_comes_later_is_seen(display: Screen, home: Path) -> None:
    with KafkaBroker() as broker:
        broker.put_events("orders", EVENTS, partitions=4)
        with Program(display, home, broker.address("orders")) as program:
            program.window(f"{broker.host}, orders")
            program.stands_at(EVENTS, EVENTS)
            sees_balance(program, "acc-1", Decimal("1.1") * (EVENTS // 4))
            broker.put_events("orders", 4, partitions=4, begin=EVENTS)
            eventually(lambda: f"of {EVENTS + 4:,}" in program.status(), "what came later")
            program.go_to(f"{EVENTS + 4}")
            program.stands_at(EVENTS + 4, EVENTS + 4)
            sees_balance(program, "acc-1", Decimal("1.1") * (EVENTS // 4 + 1))
