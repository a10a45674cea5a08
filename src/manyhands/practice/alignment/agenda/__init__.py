"""The agenda that leaves no like-minded group out: which few of a round's statements to take up, chosen fairly."""
