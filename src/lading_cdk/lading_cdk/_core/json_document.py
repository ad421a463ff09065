"""Parses JSON with the lines of its values, which the standard library does not provide."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Callable, NoReturn


class JsonError(Exception):
    """The text is not JSON."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is not JSON")
        self.line = line


@dataclass(frozen=True)
class JsonNode:
    """A value, with the line it begins on. An object is a list of members in their order, including duplicates."""

    line: int
    kind: str
    value: Any = None

    @property
    def members(self) -> dict[str, "JsonNode"]:
        return {key: node for key, _, node in self.value} if self.kind == "object" else {}

    @property
    def text(self) -> str | None:
        return self.value if self.kind == "string" else None


_SPACE = re.compile(r"[ \t\r\n]*")
_RELAXED_SPACE = re.compile(r"(?:[ \t\r\n]+|//[^\n]*|/\*[\s\S]*?\*/)*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_LITERAL = re.compile(r"(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])")


def parse(text: str, *, relaxed: bool = False) -> JsonNode:
    """Parses a text; if relaxed, comments and trailing commas are allowed, as in lading.json."""
    parser = _Parser(text, _RELAXED_SPACE if relaxed else _SPACE, relaxed)
    return parser.document()


class _Parser:
    def __init__(self, text: str, space: re.Pattern[str], relaxed: bool) -> None:
        self._text = text
        self._space = space
        self._relaxed = relaxed
        self._at = 0
        self._line = 1

    def document(self) -> JsonNode:
        node = self._value()
        self._skip()
        return node if self._at == len(self._text) else self._fail()

    def _value(self) -> JsonNode:
        self._skip()
        line = self._line
        here = self._here()
        if here == "{":
            return JsonNode(line, "object", self._list("}", self._member))
        if here == "[":
            return JsonNode(line, "array", self._list("]", self._value))
        if here == '"':
            return JsonNode(line, "string", self._string())
        value = json.loads(self._match(_LITERAL))
        kind = "null" if value is None else "boolean" if isinstance(value, bool) else "number"
        return JsonNode(line, kind, value)

    def _list(self, end: str, read: Callable[[], Any]) -> list[Any]:
        items: list[Any] = []
        self._at += 1
        self._skip()
        while self._here() != end:
            items.append(read())
            self._skip()
            if self._here() == ",":
                self._at += 1
                self._skip()
                if self._here() == end and not self._relaxed:
                    self._fail()
            elif self._here() != end:
                self._fail()
        self._at += 1
        return items

    def _member(self) -> tuple[str, int, JsonNode]:
        self._skip()
        line = self._line
        key = self._string()
        self._skip()
        if self._here() != ":":
            self._fail()
        self._at += 1
        return key, line, self._value()

    def _string(self) -> str:
        token = self._match(_STRING)
        try:
            return str(json.loads(token))
        except ValueError:
            self._fail()

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at) or self._fail()
        self._at = found.end()
        return found.group()

    def _skip(self) -> None:
        found = self._space.match(self._text, self._at)
        if found:
            self._at = found.end()
            self._line += found.group().count("\n")

    def _here(self) -> str:
        return self._text[self._at : self._at + 1]

    def _fail(self) -> NoReturn:
        raise JsonError(self._line)
