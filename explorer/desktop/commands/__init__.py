"""How is a command given to the log, and what becomes of it?"""
