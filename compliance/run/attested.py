"""What persons saw of accounts and signed: kept beside the snapshot, a line each; which one counts, the day decides."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from compliance.archive.atomic import write_atomic
from compliance.errors import Exit, UserError
from compliance.model.accounts import Attested

FILE = "attested-accounts.jsonl"


def attestations(folder: Path) -> dict[str, list[Attested]]:
    """The attestations beside a snapshot, by account, in the order of recording. Raises UserError (integrity) naming the
    line that is damaged."""
    path = folder / FILE
    if not path.is_file():
        return {}
    kind = TypeAdapter(Attested)
    found: dict[str, list[Attested]] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            kept = json.loads(line.decode("utf-8"))
            key = kept.pop("account")
            seen = kind.validate_python(
                kept | {"topics": tuple(kept["topics"]) if isinstance(kept["topics"], list) else None}
            )
            for day in (seen.on, seen.until, *([seen.last_post] if seen.last_post else [])):
                date.fromisoformat(day)
            if not isinstance(key, str):
                raise TypeError("account")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError) as error:
            raise UserError(f"{path}:{number}: baris ini rusak ({type(error).__name__}).", Exit.INTEGRITY) from error
        found.setdefault(key, []).append(seen)
    return found


def add_attestations(folder: Path, added: dict[str, Attested]) -> Path:
    """Adds attestations, whole or not at all; earlier ones stay. Returns the file.

    Raises UserError (integrity) where a line that is there is damaged.
    """
    attestations(folder)
    path = folder / FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = [json.dumps({"account": key, **asdict(a)}, ensure_ascii=False) for key, a in sorted(added.items())]
    write_atomic(path, before.rstrip("\n") + ("\n" if before.strip() else "") + "\n".join(lines) + "\n")
    path.chmod(0o600)
    return path
