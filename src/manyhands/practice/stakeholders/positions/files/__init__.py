"""Files of who finds whom influential, and of who stands where: read, matched with what is here, and joined."""
