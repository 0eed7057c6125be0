"""How are the statements read that banks write: CAMT, MT940, OFX and QIF?

- `checking`: do the balances that a statement states go with its entries?
- `xml_elements`: the elements of XML that may be hostile, as they come.
- `camt`, `mt940`, `ofx`, `qif`: one format each.
"""
