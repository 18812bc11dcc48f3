"""Overlays: changes to weights, shares, credit and applicability that leave the original untouched."""

from __future__ import annotations

from typing import Any

from compliance.criteria.source import CriteriaError, Source, did_you_mean
from compliance.model.criteria import Instrument, Overlay


def applied(source: Source, overlay: Overlay, base: Instrument) -> Instrument:
    """The base with an overlay's changes. Every key of the overlay must exist in the base."""
    codes = {item.code for _, _, item in base.items()}
    numbers = {i.number for c in base.components for i in c.indicators}
    components = {c.id for c in base.components}
    checks: list[tuple[str, dict[Any, Any], set[Any]]] = [
        ("components", overlay.components, components),
        ("indicators", overlay.indicators, numbers),
        ("shares", overlay.shares, codes),
        ("applies", overlay.applies, codes),
    ]
    problems = [
        source.problem(
            (name, str(key)),
            f"'{key}' is not in {base.id}.{did_you_mean(str(key), {str(k) for k in known})}",
        )
        for name, changes, known in checks
        for key in changes
        if key not in known
    ]
    if problems:
        raise CriteriaError("\n".join(problems))
    return base.model_copy(
        update={
            "id": overlay.id,
            "version": overlay.version,
            "title": overlay.title or base.title,
            "pass_mark": base.pass_mark if overlay.pass_mark is None else overlay.pass_mark,
            "weights": overlay.weights or base.weights,
            "credit": {**base.credit, **overlay.credit},
            "components": tuple(
                c.model_copy(
                    update={
                        "weight": overlay.components.get(c.id, c.weight),
                        "indicators": tuple(
                            i.model_copy(
                                update={
                                    "weight": overlay.indicators.get(i.number, i.weight),
                                    "items": tuple(
                                        e.model_copy(
                                            update={
                                                "share": overlay.shares.get(e.code, e.share),
                                                "applies": overlay.applies.get(e.code, e.applies),
                                            }
                                        )
                                        for e in i.items
                                    ),
                                }
                            )
                            for i in c.indicators
                        ),
                    }
                )
                for c in base.components
            ),
        }
    )
