"""How does a person choose how state is derived: read models and upcasters?"""
