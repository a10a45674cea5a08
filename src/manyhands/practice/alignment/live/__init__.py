"""Live rounds: one room, a big screen, and everybody’s phone."""
