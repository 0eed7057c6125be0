"""History Explorer: desktop."""
