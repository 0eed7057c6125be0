"""What is a window of the program, how many are there, and how does one get from a welcome to an open log?"""
