"""Reports Lambda functions with an image index: Lambda supports only the manifest of one platform."""

from __future__ import annotations

from typing import Any, Collection, Iterable

from aws_cdk import Annotations

from .image_text import images_within
from .recorded_uses import is_resource


class FunctionImages:
    def __init__(self) -> None:
        self._reported: set[str] = set()

    def report(self, constructs: Iterable[Any], indexes: Collection[str]) -> None:
        """Checks the functions of a stack for references to indexes, given without their registry."""
        if not indexes:
            return
        for each in constructs:
            if not is_resource(each, "AWS::Lambda::Function") or each.node.path in self._reported:
                continue
            images = [image for _, image in images_within(each.stack.resolve(each.code)) if image]
            index = next((one for one in indexes if any(image.endswith("/" + one) for image in images)), None)
            if index is not None:
                self._reported.add(each.node.path)
                Annotations.of(each).add_error(
                    f"Could not give the function its image: {index} is an index of several platforms, and Lambda takes none. "
                    "Say what it is for: LadingImage.reference_for(self, …, for_=ImageConsumer.LAMBDA, platform=…)."
                )
