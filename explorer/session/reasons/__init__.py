"""How is it told why a value is what it is, and what caused what?"""
