"""The result contract as JSON: one object, or `{"results": […]}` for several instruments."""

from __future__ import annotations

from compliance.model.result import Result, Results


def render(results: list[Result]) -> str:
    """JSON text, ending in a line break; the same results give the same bytes."""
    model = results[0] if len(results) == 1 else Results(results=results)
    return model.model_dump_json(by_alias=True, indent=1) + "\n"
