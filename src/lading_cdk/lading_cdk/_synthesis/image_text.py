"""Images in resolved properties, as text in which parts that are known only at deployment are ``${…}``."""

from __future__ import annotations

from typing import Any, Iterator

_OPEN = "${…}"


def image_text(resolved: Any) -> str | None:
    """The text of one value; None if it is unknown."""
    if isinstance(resolved, str):
        return resolved
    if isinstance(resolved, dict) and len(resolved) == 1:
        ((key, value),) = resolved.items()
        if key == "Fn::Join" and isinstance(value, list) and isinstance(value[1], list):
            return str(value[0]).join(_OPEN if (text := image_text(part)) is None else text for part in value[1])
        if key == "Fn::Sub":
            text = value[0] if isinstance(value, list) else value
            return text if isinstance(text, str) else None
    return None


def images_within(resolved: Any) -> Iterator[tuple[str | None, str | None]]:
    """Every image in a property, with the name beside it."""
    if isinstance(resolved, list):
        for item in resolved:
            yield from images_within(item)
    elif isinstance(resolved, dict):
        name = resolved.get("name")
        for key, value in resolved.items():
            if key in ("image", "imageUri", "imageIdentifier"):
                yield (name if isinstance(name, str) else None), image_text(value)
            else:
                yield from images_within(value)
