"""Pages about success."""
