"""How is it told when a condition held, and what must always hold?"""
