"""How are the raw events listed, filtered and shown one by one?"""
