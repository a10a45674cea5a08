"""Doors for people without a seat: links, and answers on paper."""
