"""What would have been, had some events been otherwise?"""
