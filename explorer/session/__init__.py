"""One open log and everything that can be asked of it, for a window or a command: no Qt, no widgets."""
