"""Is a history folder in a store of objects opened as one on this machine is, and are its keys told nobody?"""

import contextlib
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="history folders need pyarrow")
pytest.importorskip("moto.server", reason="a store of objects to try is moto's")

from explorer.cli.main import main
from explorer.eventlog.errors import LogError
from explorer.history.folder.opened import FolderCollected
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder
from tests.small_logs import event, opened

KEY, SECRET = "made-up-user", "made-up-secret"


@pytest.fixture(scope="module")
def store():
    """A store of objects on this machine; where it listens."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            patch.delenv(name, raising=False)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        from moto.server import ThreadedMotoServer

        server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
        server.stop()


@pytest.fixture
def folder(tmp_path):
    records = [event(1 + n % 28, "MoneyDeposited", f"acc-{n % 7}", amount=n, owner="Ada") for n in range(300)]
    with contextlib.closing(opened(tmp_path, *records)) as document:
        yield document, write_history_folder(document, tmp_path / "folder", group_rows=64)


def uploaded(store: str, folder: Path) -> None:
    from pyarrow import fs

    objects = fs.S3FileSystem(
        access_key=KEY, secret_key=SECRET, endpoint_override=store.rpartition("/")[2], scheme="http",
        region="us-east-1", allow_bucket_creation=True,
    )  # fmt: skip
    objects.create_dir("logs")
    for path in folder.rglob("*"):
        if path.is_file():
            with objects.open_output_stream(f"logs/of/bank/{path.relative_to(folder)}") as out:
                out.write(path.read_bytes())


def test_a_folder_in_a_store_of_objects_answers_as_the_log_does(store, folder, capsys):
    document, made = folder
    uploaded(store, made)
    address = f"s3://{KEY}:{SECRET}@logs/of/bank?endpoint={store}&region=us-east-1"
    with contextlib.closing(Document.open(address)) as there:
        assert isinstance(there.collected, FolderCollected)
        for position in (0, 77, 300):
            wanted = list(document.history.state(position).items())
            assert list(there.history.state(position).items()) == wanted
        assert there.warnings == document.warnings
        assert SECRET not in f"{there.name} {there.path} {there.log.name} {there.log.address}"
    assert main(["state", address, "--position", "77", "--top", "2", "--sort=-balance"]) == 0
    out, err = capsys.readouterr()
    assert "State at 77 of 300" in out
    assert SECRET not in out + err


def test_keys_may_stand_in_the_environment(store, folder, monkeypatch):
    uploaded(store, folder[1])
    for name, value in (
        ("AWS_ACCESS_KEY_ID", KEY),
        ("AWS_SECRET_ACCESS_KEY", SECRET),
        ("AWS_ENDPOINT_URL", store),
        ("AWS_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(name, value)
    with contextlib.closing(Document.open("s3://logs/of/bank")) as there:
        assert there.event_count == 300


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("logs/nothing", "there is no history folder: it has no manifest.json"),
        ("other/of/bank", "there is no history folder: it has no manifest.json"),
    ],
)
def test_what_is_not_there_is_told_in_one_sentence(store, folder, place, said):
    uploaded(store, folder[1])
    with pytest.raises(LogError) as error:
        Document.open(f"s3://{KEY}:{SECRET}@{place}?endpoint={store}&region=us-east-1")
    assert error.value.reason == said
    assert SECRET not in str(error.value)


def test_a_setting_that_is_none_is_told(store):
    with pytest.raises(LogError, match="there is no setting “colour”"):
        Document.open(f"s3://logs/of/bank?colour=red&endpoint={store}")


def test_a_store_that_nobody_keeps_is_told_soon():
    with pytest.raises(LogError) as error:
        Document.open(f"s3://{KEY}:{SECRET}@logs/of/bank?endpoint=http://127.0.0.1:9&region=us-east-1")
    assert "cannot be reached" in str(error.value)
    assert "\n" not in str(error.value)
    assert SECRET not in str(error.value)
