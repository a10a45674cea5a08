"""Who knows whom: ties, their two sides, the network map and the way to somebody we have not met."""
