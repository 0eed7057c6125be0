"""When did a condition hold, and what must always hold?"""
