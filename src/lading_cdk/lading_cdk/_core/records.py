"""What a stack runs: the content of the SSM parameter /lading/<stack> (docs/records.md)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Mapping, Sequence

MOST_CHARACTERS = 4096

RecordedImages = Mapping[str, "RecordedImage"]


@dataclass(frozen=True)
class RecordedImage:
    reference: str
    used_by: Sequence[str]


@dataclass(frozen=True)
class StackRecord:
    environment: str | None
    images: RecordedImages


def parameter_of(stack: str, part: int = 1) -> str:
    return f"/lading/{stack}" if part == 1 else f"/lading/{stack}/{part}"


def write_record(record: StackRecord, most: int = MOST_CHARACTERS) -> list[str]:
    """The text of each part, the same for the same record: sorted, without white space, in as few parts as possible."""
    whole = _text(record.environment, record.images)
    if _length(whole) <= most:
        return [whole]
    generation = hashlib.sha256(whole.encode()).hexdigest()[:16]
    parts = _split(record, most - _length(_text(record.environment, {}, (generation, 999, 999))))
    return [_text(record.environment, images, (generation, i + 1, len(parts))) for i, images in enumerate(parts)]


def _split(record: StackRecord, room: int) -> list[dict[str, RecordedImage]]:
    parts: list[dict[str, RecordedImage]] = [{}]
    left = room
    for name in sorted(record.images, key=str.encode):
        image = record.images[name]
        empty = RecordedImage(image.reference, [])
        if left < room and _size(name, image) > left:
            parts.append({})
            left = room
        parts[-1][name] = empty
        left -= _size(name, empty)
        for use in sorted(image.used_by, key=str.encode):
            if _length(use) + 3 > left:
                parts.append({name: empty})
                left = room - _size(name, empty)
            there = parts[-1][name]
            parts[-1][name] = RecordedImage(there.reference, [*there.used_by, use])
            left -= _length(use) + 3
    return parts


def _size(name: str, image: RecordedImage) -> int:
    uses = sum(_length(use) + 3 for use in image.used_by)
    return _length(name) + _length(image.reference) + uses + len(',"":{"image":"","usedBy":[]}')


def _length(text: str) -> int:
    """In UTF-16 code units, as SSM and the other languages count."""
    return len(text.encode("utf-16-le")) // 2


def _text(environment: str | None, images: RecordedImages, part: tuple[str, int, int] | None = None) -> str:
    members = ['"recordVersion":1']
    if part:
        members.append(f'"generation":"{part[0]}","part":{part[1]},"parts":{part[2]}')
    if environment is not None:
        members.append(f'"environment":{_quote(environment)}')
    entries = []
    for name in sorted(images, key=str.encode):
        uses = ",".join(_quote(use) for use in sorted(images[name].used_by, key=str.encode))
        entries.append(f'{_quote(name)}:{{"image":{_quote(images[name].reference)},"usedBy":[{uses}]}}')
    members.append(f'"images":{{{",".join(entries)}}}')
    return "{" + ",".join(members) + "}"


def _quote(text: str) -> str:
    return "".join(_escaped(character) for character in json.dumps(text, ensure_ascii=False))


def _escaped(character: str) -> str:
    """Characters beyond U+FFFF, and those that one cannot see, are escaped."""
    if character == " " or (
        ord(character) < 0x10000
        and unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs", "Zl", "Zp", "Zs")
    ):
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02X}{units[i + 1]:02X}" for i in range(0, len(units), 2))
