"""A criteria file as data that knows on which line each key stands; what is wrong is said with file, line and key."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from compliance.errors import UserError

_Model = TypeVar("_Model", bound=BaseModel)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Key = tuple[str | int, ...]


class CriteriaError(UserError):
    """A criteria file is wrong. Each problem reads `file:line: key: what was expected and found`."""


class Source:
    """A YAML file as data, with the line on which each key stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Key, int] = {}
        self._nodes: set[int] = set()
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise CriteriaError(f"{path}: no such criteria file. Expected a path to a YAML file.") from error
        except (OSError, UnicodeDecodeError) as error:
            raise CriteriaError(f"{path}: cannot be read as UTF-8 text ({error}).") from error
        try:
            loader = _Loader(text)
            try:
                node = loader.get_single_node()
                self._walk(node, ())
                self.data: Any = None if node is None else loader.construct_document(node)
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = mark.line + 1 if mark else 1
            raise CriteriaError(f"{path}:{line}: not valid YAML: {error.problem}.") from error
        except yaml.YAMLError as error:
            raise CriteriaError(f"{path}:1: not valid YAML: {error}.") from error
        except (ValueError, RecursionError) as error:
            raise CriteriaError(f"{path}:1: not valid YAML: {error}.") from error
        if not isinstance(self.data, dict):
            raise CriteriaError(f"{path}:1: expected a mapping with the key 'schema', found {_kind(self.data)}.")

    def _walk(self, node: yaml.Node | None, key: Key) -> None:
        if node is None:
            return
        if id(node) in self._nodes:
            raise CriteriaError(
                f"{self.path}:{node.start_mark.line + 1}: {_dotted(key)}: an alias (*name) stands here. Write the value out."
            )
        self._nodes.add(id(node))
        self.lines[key] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for name, value in node.value:
                label = str(name.value)
                line = name.start_mark.line + 1
                if label in seen:
                    raise CriteriaError(
                        f"{self.path}:{line}: {_dotted((*key, label))}: the key stands twice "
                        f"(first on line {seen[label]}). Keep one."
                    )
                seen[label] = line
                self._walk(value, (*key, label))
                self.lines[(*key, label)] = line
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._walk(value, (*key, index))

    def line(self, key: Key) -> int:
        """The line of a key, or of the nearest key above it."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def problem(self, key: Key, message: str) -> str:
        """One problem, as it is printed."""
        return f"{self.path}:{self.line(key)}: {_dotted(key) or 'file'}: {message}"

    def parse(self, model: type[_Model]) -> _Model:
        """The data as a typed model, or every problem at once."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            fields = field_names(model)
            raise CriteriaError("\n".join(self.said(e, fields) for e in error.errors())) from error

    def said(self, error: Any, fields: set[str]) -> str:
        key = tuple(str(p) if not isinstance(p, int) else p for p in error["loc"] if p != "[key]")
        found = error.get("input")
        if error["type"] == "extra_forbidden":
            return self.problem(key, f"unknown key.{did_you_mean(str(key[-1]), fields)}")
        if error["type"] == "missing":
            return self.problem(key, "this key is required and is missing. Add it.")
        shown = json.dumps(found, ensure_ascii=False, default=str)
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        hint = ""
        expected = error.get("ctx", {}).get("expected")
        if isinstance(found, str) and isinstance(expected, str):
            hint = did_you_mean(found, set(expected.replace("'", "").replace(" or ", ", ").split(", ")))
        return self.problem(key, f"{error['msg']}, found {shown}.{hint}")


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"


def _dotted(key: Key) -> str:
    return ".".join(str(part) for part in key)


def did_you_mean(word: str, known: set[str] | list[str]) -> str:
    """` Did you mean 'x'?`, or nothing where no known word is near."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean '{near[0]}'?" if near else ""


def field_names(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> set[str]:
    """All key names that may stand anywhere in a model."""
    seen = seen if seen is not None else set()
    if model in seen:
        return set()
    seen.add(model)
    names: set[str] = set()
    for name, info in model.model_fields.items():
        names.add(info.alias or name)
        stack: list[Any] = [info.annotation]
        while stack:
            annotation = stack.pop()
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                names |= field_names(annotation, seen)
            stack.extend(getattr(annotation, "__args__", ()))
    return names
