"""Platforms, digests and names of repositories, as OCI defines them."""

from __future__ import annotations

import re
from dataclasses import dataclass

CONSTANT_DIGEST = "sha256:" + "0" * 64


def is_digest(text: str) -> bool:
    return re.fullmatch(r"sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}", text) is not None


def is_repository_name(text: str) -> bool:
    return len(text) <= 255 and re.fullmatch(r"[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*", text) is not None


@dataclass(frozen=True)
class Platform:
    """The platform of an image: ``linux/amd64``, ``linux/arm64``, ``linux/arm/v7``."""

    os: str
    architecture: str
    variant: str | None = None

    @staticmethod
    def try_parse(text: str) -> "Platform | None":
        found = re.fullmatch(r"([a-z0-9]+)/([a-z0-9_]+)(?:/([a-z0-9.]+))?", text)
        if not found:
            return None
        os, architecture, variant = found.groups()
        # The canonical form: arm64 implies the variant v8.
        return Platform(os, architecture, None if (architecture, variant) == ("arm64", "v8") else variant)

    @staticmethod
    def parse(text: str) -> "Platform":
        platform = Platform.try_parse(text)
        if platform is None:
            raise ValueError(f"'{text}' is not a platform: expected os/architecture, such as linux/amd64.")
        return platform

    def runs_on(self, other: "Platform") -> bool:
        """Same system and architecture, and no other variant."""
        return (self.os, self.architecture) == (other.os, other.architecture) and (
            self.variant is None or other.variant is None or self.variant == other.variant
        )

    def __str__(self) -> str:
        return "/".join(part for part in (self.os, self.architecture, self.variant) if part is not None)
