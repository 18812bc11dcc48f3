"""What changed since a kept report: the whole effect of a changed phrase."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from compliance.errors import UserError
from compliance.lab.report import Accuracy, ErrorCase


@dataclass(frozen=True)
class Change:
    """A figure before and after."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Comparison:
    """Figures that moved, and cells that became right or wrong. `pages` says whether both saw as many pages."""

    figures: tuple[Change, ...]
    fixed: tuple[ErrorCase, ...]
    broken: tuple[ErrorCase, ...]
    pages: tuple[int, int]


def load_baseline(path: Path) -> Accuracy:
    """A kept report. Raises UserError where the file is none."""
    try:
        return Accuracy.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise UserError(f"--baseline {path}: berkas tidak ada. Buat dengan --format json --output {path}.") from error
    except OSError as error:
        raise UserError(f"--baseline {path}: tidak dapat dibuka ({error.strerror}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(x) for x in first["loc"]) or "berkas"
        raise UserError(
            f"--baseline {path}: bukan laporan akurasi: {field}: {first['msg']}. "
            "Yang diharapkan: keluaran `compliance accuracy --format json`."
        ) from error


def compare(before: Accuracy, after: Accuracy) -> Comparison:
    """What moved between two reports."""
    figures = [
        Change(name, getattr(before, name), getattr(after, name))
        for name in ("false_disclosure_rate", "false_disclosure_rate_hard", "fiscal_year_accuracy")
    ]
    for name in ("macro", "macro_all", "micro"):
        old, new = getattr(before, name), getattr(after, name)
        figures += [Change(f"{name}.{k}", getattr(old, k), getattr(new, k)) for k in ("precision", "recall", "f1")]
    for topic in sorted(set(before.topics) | set(after.topics)):
        was, now = before.topics.get(topic), after.topics.get(topic)
        figures.append(Change(f"topics.{topic}.f1", was.f1 if was else None, now.f1 if now else None))
    old_errors = {_key(e): e for e in before.errors}
    new_errors = {_key(e): e for e in after.errors}
    return Comparison(
        figures=tuple(c for c in figures if c.before != c.after),
        fixed=tuple(e for k, e in old_errors.items() if k not in new_errors),
        broken=tuple(e for k, e in new_errors.items() if k not in old_errors),
        pages=(before.pages, after.pages),
    )


def _key(error: ErrorCase) -> tuple[str, str, str, str]:
    return (error.id, error.topic, error.expected, error.got)
