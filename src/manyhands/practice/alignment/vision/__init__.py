"""What is alike among statements, and the vision that is written from it."""
