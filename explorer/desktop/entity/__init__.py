"""What is the state of one entity as a whole?"""
