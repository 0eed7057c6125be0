"""How are tables of any length drawn, and what do they have in common?"""
