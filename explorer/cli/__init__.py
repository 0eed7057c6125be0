"""History Explorer: cli."""
