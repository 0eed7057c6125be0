"""How is state derived from events? Read models, and the plain fold that says what they mean."""
