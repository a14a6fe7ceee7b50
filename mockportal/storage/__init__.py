"""What is kept: SQLAlchemy tables (private to this room) and one store for each concern."""
