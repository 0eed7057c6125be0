"""How do logs, workspaces and exports come into the window and leave it?"""
