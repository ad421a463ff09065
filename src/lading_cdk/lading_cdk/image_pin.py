from enum import Enum


class ImagePin(Enum):
    """How a template refers to an image."""

    DIGEST = "digest"
    """``repository@sha256:…``, from the lock of the environment."""

    SOURCE_TAG = "sourceTag"
    """``repository:src-…``, the source tag of the image at HEAD. It must be immutable, which ``lading check`` verifies."""

    COMMIT_TAG = "commitTag"
    """``repository:<alias>``, the first of the ``aliases`` in lading.json with ``{commit}``, for HEAD. It must be immutable too."""
