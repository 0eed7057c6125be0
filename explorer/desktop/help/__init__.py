"""What helps a person who is new, lost, or has seen the program fail?"""
