"""History Explorer: .."""

import os

# NumPy would start threads for linear algebra, of which there is none here: they take a tenth of a second
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if not os.path.exists(__file__):  # noqa: PTH110 - in an archive; pathlib would take its time each time
    from explorer.unpacked import unpacked

    __path__ = [unpacked(__path__[0])]
