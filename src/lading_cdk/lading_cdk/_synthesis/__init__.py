"""What needs the construct tree."""
