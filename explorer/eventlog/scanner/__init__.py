"""Where is every value of a text log, by its path, and what does it say: all records of a block at once?"""
