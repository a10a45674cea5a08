"""Rounds on what comes first. They begin with the adopted vision, and show fit with it beside popularity."""
