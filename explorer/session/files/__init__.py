"""How is one's place in a log written down, exported, and kept when the file changes?"""
