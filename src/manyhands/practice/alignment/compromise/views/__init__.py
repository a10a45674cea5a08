"""Pages of negotiations."""
