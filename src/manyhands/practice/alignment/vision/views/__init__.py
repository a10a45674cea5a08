"""Pages about overlaps and visions."""
