"""Hands: who asks to speak, who is given the floor, and a private report for whoever gives it."""
