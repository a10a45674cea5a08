"""Who is at the table and who is missing, whom to invite next, and what limits a partner."""
