"""How is a lesson given in the window: its panel, its exhibits, what it points at, and presenting?"""
