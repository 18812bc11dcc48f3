"""The JSON Schemas of criteria files and results, generated from the models."""

from __future__ import annotations

import json

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from compliance.model.criteria import (
    AccountWords,
    Confidence,
    HowTo,
    Instrument,
    Lexicon,
    Overlay,
    TopicFile,
    Words,
    YearRules,
)
from compliance.model.result import Result

_MODELS: dict[str, type[BaseModel]] = {
    "instrument": Instrument,
    "overlay": Overlay,
    "topics": TopicFile,
    "lexicon": Lexicon,
    "years": YearRules,
    "howto": HowTo,
    "confidence": Confidence,
    "words": Words,
    "accounts": AccountWords,
    "result": Result,
}


def schemas() -> dict[str, str]:
    """Name to JSON Schema text, each ending in a line break."""
    found: dict[str, str] = {}
    for name, model in _MODELS.items():
        mode: JsonSchemaMode = "serialization" if name == "result" else "validation"
        schema = model.model_json_schema(by_alias=True, mode=mode)
        if name == "instrument":
            # In YAML the parameters of a check stand beside its kind.
            schema["$defs"]["CheckSpec"] = {
                "type": "object",
                "description": "The check that judges an item; parameters stand beside kind.",
                "properties": {"kind": _kinds()},
                "required": ["kind"],
            }
        found[name] = (
            json.dumps(
                {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema},
                indent=1,
                ensure_ascii=False,
            )
            + "\n"
        )
    return found


def _kinds() -> dict[str, object]:
    from checks import KINDS

    return {"enum": list(KINDS)}
