"""What does the drawn timeline show, at any zoom and at any pace?"""
