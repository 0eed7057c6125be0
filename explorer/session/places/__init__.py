"""Which places in time does a person name, mark and come back to?"""
