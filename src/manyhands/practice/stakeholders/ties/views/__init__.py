"""Pages about ties: the network, the ties of one ally, gaps, and files of ties."""
