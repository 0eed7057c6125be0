"""How are the journals of plain text accounting read: hledger, Ledger and Beancount? Only what states postings.

- `amounts`: what does `$ -1,000.00` or `3 "a share" @ 5 EUR` say?
- `postings`: what do the amounts come to that a transaction leaves out, and do stated balances hold?
- `journal`, `beancount`: one grammar each.
"""
