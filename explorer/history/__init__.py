"""The time machine: what was the state at a position, why, and what changed between two of them?"""
