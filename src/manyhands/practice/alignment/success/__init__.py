"""What each member itself must see to call this a success, where that conflicts, and what comes first."""
