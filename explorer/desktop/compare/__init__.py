"""What differs between two points?"""
