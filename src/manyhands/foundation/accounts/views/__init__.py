"""Pages of this room: the door (signing in), the library's pages in our look, and pages about oneself."""
