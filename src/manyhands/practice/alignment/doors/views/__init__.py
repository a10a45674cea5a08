"""Pages of links and paper."""
