"""Pages of rounds on what comes first. They decide nothing."""
