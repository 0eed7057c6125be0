"""One module for each menu: which actions does it hold, in which order?"""
