from __future__ import annotations

from typing import Any, NoReturn


class LadingSynthesizer:
    """Exists in C# and TypeScript alone; here it says what to do instead (docs/languages.md)."""

    def __new__(cls, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotImplementedError(
            "Could not create a LadingSynthesizer: lading_cdk for Python has none, only C# and TypeScript do. "
            "Name the images in lading.json and use LadingImage, or leave image assets to CDK's own synthesizer."
        )
