"""Django's PostgreSQL engine, which also tells the database which coalition we are inside."""
