"""How is an event that was written by an old version of a program read as one of today's? The raw event stays."""

from explorer.projection.upcasting.chain import Chain, Lifted, UpcastError, schema_of
from explorer.projection.upcasting.model import UpcastingModel, chain_of, inner_model, wording_of

__all__ = [
    "Chain",
    "Lifted",
    "UpcastError",
    "UpcastingModel",
    "chain_of",
    "inner_model",
    "schema_of",
    "wording_of",
]
