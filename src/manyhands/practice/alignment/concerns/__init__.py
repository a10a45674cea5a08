"""What people outside and inside worry about, how many say so, and which item of an agenda answers it."""
