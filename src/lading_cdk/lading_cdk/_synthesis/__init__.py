"""The parts that need the construct tree."""
