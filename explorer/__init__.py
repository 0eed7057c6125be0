"""History Explorer: .."""
