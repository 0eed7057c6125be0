"""Who builds a history of a log that is too large for memory, or for one machine? All of them by the same pure steps.

`byte_ranges` cuts a log, `range_rows` says what a range of it holds, `segments` folds the rows of some entities. What
is left to an engine is where that runs, and how rows come from the one step to the other.
"""
