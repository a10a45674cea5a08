"""What drives an actor: motives, needs, red lines, strengths, each with source, date and readers."""
