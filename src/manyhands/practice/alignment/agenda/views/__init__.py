"""Pages of agendas: from a closed round, and from our priorities."""
