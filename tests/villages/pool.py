"""The pool of documents that generated sites are made of, checked when it is loaded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from compliance.lab.pages import Half, half_of
from tests.villages.truth import CODES, RULES

HOME = Path(__file__).parent / "pool"
Form = Literal["html", "pdf", "docx", "image", "article"]


class Entry(BaseModel):
    """A document of the pool: the real thing (`codes` are the items that it shows) or a trap (`near` those it resembles)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    codes: tuple[str, ...] = ()
    trap: str = ""
    near: tuple[str, ...] = ()
    dated: str = "none"
    menu: str
    title: str
    file: str
    form: tuple[Form, ...] = Field(min_length=1)
    body: str

    @model_validator(mode="after")
    def _whole(self) -> Entry:
        if bool(self.codes) == bool(self.trap):
            raise ValueError(f"{self.id}: a real document has codes, a trap has none")
        unknown = sorted(set(self.codes) - set(CODES))
        if unknown:
            raise ValueError(f"{self.id}: unknown codes {unknown}")
        if self.dated not in RULES:
            raise ValueError(f"{self.id}: dated '{self.dated}' is none of {sorted(RULES)}")
        return self


def half_of_pool(half: Half) -> tuple[Entry, ...]:
    """The documents of one half, as with labelled pages: sites are measured on documents that nobody looked at while
    making rules."""
    return tuple(e for e in pool() if half_of(e.id) == half)


@lru_cache(maxsize=1)
def pool() -> tuple[Entry, ...]:
    """Every document, by id."""
    entries: dict[str, Entry] = {}
    for path in sorted(HOME.glob("*.yaml")):
        for raw in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            entry = Entry.model_validate(raw)
            if entry.id in entries:
                raise ValueError(f"{path}: {entry.id} stands twice")
            entries[entry.id] = entry
    return tuple(entries[k] for k in sorted(entries))
