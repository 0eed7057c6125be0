"""How does an event of an old schema version become one of today's?"""
