"""Pages about values, ground rules and breach reports."""
