"""What is a panel: its frame, where it stands, and what it is given of the page of an open log?"""
