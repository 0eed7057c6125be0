"""What becomes of commands, of branches, and of events of older versions?"""
