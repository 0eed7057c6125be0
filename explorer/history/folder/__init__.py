"""What is a history folder: a finished history in files that anybody can read, and how is it written and opened?"""
