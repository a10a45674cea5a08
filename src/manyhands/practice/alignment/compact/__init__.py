"""Values and ground rules: written together, ratified or contested by each member, and what happens at a breach."""
