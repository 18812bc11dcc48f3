"""What every typed model of the project shares."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Lang = Literal["id", "en"]


class Frozen(BaseModel):
    """An immutable model that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """A sentence in Indonesian and in English."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.id

    def in_(self, lang: Lang) -> str:
        """The text in one language, `id` or `en`."""
        return self.en if lang == "en" else self.id

    def fill(self, **values: object) -> Text:
        """The text with `{name}` placeholders replaced; a `Text` value is put in per language."""
        return Text(
            id=_fill(self.id, {k: v.id if isinstance(v, Text) else v for k, v in values.items()}),
            en=_fill(self.en, {k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )


def _fill(template: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", str(value))
    return template


def both(text: str) -> Text:
    """The same text in both languages (titles of documents, figures, addresses)."""
    return Text(id=text, en=text)


def join(parts: list[Text], separator: str = " ") -> Text:
    """Texts one after another, in both languages."""
    return Text(id=separator.join(p.id for p in parts), en=separator.join(p.en for p in parts))
