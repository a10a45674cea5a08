"""Manyhands: build a coalition and run it, from the first list of possible allies to a shared win."""

__version__ = "0.1.0"
