"""What may happen to an account: the commands that people give, and the rules that accept or reject them?

A room of its own, above `projection`: a read model folds what has happened and refuses nothing, while these rules
decide what may happen next. They read an event exactly as the accounts read model does.
"""
