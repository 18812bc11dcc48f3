"""What persons saw of accounts and signed: kept beside the snapshot, a line each, the newest of an account counts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from compliance.archive.atomic import write_atomic
from compliance.errors import Exit, UserError
from compliance.model.accounts import Attested

FILE = "attested-accounts.jsonl"


def attestations(folder: Path) -> dict[str, Attested]:
    """The attestations beside a snapshot, by account. Raises UserError (integrity) naming the line that is damaged."""
    path = folder / FILE
    if not path.is_file():
        return {}
    found: dict[str, Attested] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            kept = json.loads(line)
            key = str(kept.pop("account"))
            kept["topics"] = tuple(kept.get("topics", ()))
            found[key] = Attested(**kept)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(f"{path}:{number}: baris ini rusak ({type(error).__name__}).", Exit.INTEGRITY) from error
    return found


def add_attestations(folder: Path, added: dict[str, Attested]) -> Path:
    """Adds attestations, whole or not at all; earlier ones stay. Returns the file."""
    path = folder / FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = [json.dumps({"account": key, **asdict(a)}, ensure_ascii=False) for key, a in sorted(added.items())]
    write_atomic(path, before + "\n".join(lines) + "\n")
    path.chmod(0o600)
    return path
