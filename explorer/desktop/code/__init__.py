"""How is the fold shown as code, with the lines that an event runs?"""
