"""Properties of CDK's structures, including those of newer library versions."""

from __future__ import annotations

import hashlib
import inspect
import json
import os
from pathlib import Path
from typing import Any, Callable, Mapping

from .._core.errors import LadingError

_KNOWN = frozenset(
    {
        # Part of the fingerprint.
        "directory_name",
        "docker_build_args",
        "docker_build_secrets",
        "docker_build_ssh",
        "docker_build_target",
        "docker_file",
        "platform",
        # Names, and how it is built rather than what.
        "asset_name",
        "display_name",
        "docker_cache_disabled",
        "docker_cache_from",
        "docker_cache_to",
        "docker_outputs",
        "executable",
        "network_mode",
        "source_hash",
    }
)

# Newer than the oldest aws-cdk-lib that Lading supports.
_BUILD_CONTEXTS = "docker_build_contexts"


def properties_of(value: Any, structure: type) -> dict[str, Any]:
    """The properties that are set, by the parameter names of the structure's class."""
    if value is None:
        return {}
    names = [name for name in inspect.signature(structure).parameters if name != "self"]
    return {name: found for name in names if (found := getattr(value, name, None)) is not None}


def with_unknown_properties(
    fingerprint: str, asset: Mapping[str, Any], folder: Path, content_of: Callable[[str], str]
) -> str:
    """The identity including properties of newer versions of aws-cdk-lib that Lading does not know.

    They may change the result. For build contexts that are folders, the content counts.
    """
    unknown = [
        f"\n{''.join(word.capitalize() for word in name.split('_'))}={_text(name, asset[name], folder, content_of)}"
        for name in sorted(asset)
        if name not in _KNOWN and asset[name] is not None
    ]
    return hashlib.sha256((fingerprint + "".join(unknown)).encode()).hexdigest() if unknown else fingerprint


def _text(name: str, value: Any, folder: Path, content_of: Callable[[str], str]) -> str:
    if _is_plain(value) or (isinstance(value, list) and all(map(_is_plain, value))):
        return _json(value)
    if isinstance(value, Mapping) and all(isinstance(each, str) for each in value.values()):
        entries = {key: value[key] for key in sorted(value, key=str.encode)}
        if name == _BUILD_CONTEXTS:
            entries = {key: _with_content(text, folder, content_of) for key, text in entries.items()}
        return _json(entries)
    raise LadingError(
        "Could not tell what an image asset is",
        f"it sets {name}, which this version of Lading does not know",
        "Update the lading-cdk package, or leave the property out.",
    )


def _with_content(context: str, folder: Path, content_of: Callable[[str], str]) -> str:
    """A folder with a hash of its content; anything else, such as a URL or another image, as it is."""
    path = os.path.abspath(folder / context)
    return f"{context}#{content_of(path)}" if os.path.exists(path) else context


def _is_plain(value: Any) -> bool:
    return isinstance(value, (str, bool, int, float))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
