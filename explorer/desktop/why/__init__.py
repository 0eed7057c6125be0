"""Why is a value what it is: its history, its picture, its causes?"""
