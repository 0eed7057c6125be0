"""How do the records of one store, broker or feed become events? Said by a profile, which is data."""
