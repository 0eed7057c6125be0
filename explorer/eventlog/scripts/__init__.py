"""How are the events read that stand in a program's own text, as lists of objects?"""
