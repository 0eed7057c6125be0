"""Tables that hold no rows: they ask the open log for the cells on screen."""
