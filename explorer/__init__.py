"""History Explorer: .."""

import os

# NumPy would start threads for linear algebra, of which there is none here: they take a tenth of a second
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
