"""How does the window look: colours, text, icons, in every theme?"""
