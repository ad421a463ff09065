from enum import Enum


class ImagePin(Enum):
    """How a template names an image."""

    DIGEST = "digest"
    """``repository@sha256:…``, from the lock of the environment."""

    SOURCE_TAG = "sourceTag"
    """``repository:src-…``, the tag that the image's inputs at HEAD give. It must be immutable, which ``lading check`` verifies."""

    COMMIT_TAG = "commitTag"
    """``repository:<alias>``, the first of the ``aliases`` of lading.json that holds ``{commit}``, for HEAD. It must be immutable too."""
