"""How are raw events listed, filtered and told?"""
