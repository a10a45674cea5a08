"""Closed talks: among a few, for a time, and gone afterwards."""
