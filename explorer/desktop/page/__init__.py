"""What is the page of an open log: its panels, its header, and how one moves through time on it?"""
