from __future__ import annotations


class LadingError(Exception):
    """A failure in three parts: what was attempted, what came back, what to do about it."""

    def __init__(self, attempted: str, came_back: str, remedy: str = "") -> None:
        is_block = "\n" in came_back
        said = f"{attempted}: {came_back}" if is_block else f"{attempted}: {came_back.rstrip('.')}."
        super().__init__(said + (("\n" if is_block else " ") + remedy if remedy else ""))
