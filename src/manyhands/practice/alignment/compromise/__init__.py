"""A negotiation from its question to a package that nobody would refuse, and who gave way to whom."""
