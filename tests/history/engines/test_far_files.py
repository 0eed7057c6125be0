"""What is refused of files that only a cluster's file systems reach? How they are read stands in `test_spark.py`."""

import pytest

from explorer.eventlog.errors import LogError
from explorer.history.engines.far_files import far_files


class _NoCluster:
    """A session that must not be asked anything of the address."""

    _jvm = _jsc = type("Java", (), {"hadoopConfiguration": staticmethod(lambda: None)})


def test_keys_in_an_address_are_refused_and_not_repeated():
    with pytest.raises(LogError, match=r"spark\.hadoop\.fs\.s3a\.access\.key") as refused:
        far_files(_NoCluster(), ["s3a://KEY:SECRET@bucket/logs"])
    assert "SECRET" not in str(refused.value)


def test_spark_connect_has_no_file_systems_here():
    with pytest.raises(LogError, match="Spark Connect"):
        far_files(object(), ["s3a://bucket/logs"])
