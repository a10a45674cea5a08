"""Reaching out: the board, contacts, words to begin with, menus of contributions, and what became of what we heard."""
