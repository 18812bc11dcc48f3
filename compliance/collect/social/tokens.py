"""Tokens of platform APIs: from the environment or from a file that only its owner may read. Never printed, never kept."""

from __future__ import annotations

import json
import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from compliance.errors import UserError

#: The names of the secrets, and the environment's variables that hold them.
VARIABLES: Mapping[str, str] = {
    "youtube": "COMPLIANCE_YOUTUBE_KEY",
    "facebook": "COMPLIANCE_FACEBOOK_TOKEN",
    "instagram": "COMPLIANCE_INSTAGRAM_TOKEN",
    "x": "COMPLIANCE_X_TOKEN",
}
FILE_VARIABLE = "COMPLIANCE_TOKENS_FILE"


@dataclass(frozen=True)
class Tokens:
    """Secrets by name. `repr` tells names alone."""

    _values: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def names(self) -> frozenset[str]:
        """Which are there."""
        return frozenset(self._values)

    def header(self, name: str, header: str) -> tuple[str, str]:
        """The header that carries a token: bearer in Authorization, bare in any other. Raises KeyError where it is missing."""
        value = self._values[name]
        return header, f"Bearer {value}" if header == "Authorization" else value

    def hide(self, text: str) -> str:
        """A text without any of the secrets, however they are written in it."""
        for form in self._forms():
            text = text.replace(form, "***")
        return text

    def hide_in(self, body: bytes) -> bytes:
        """A body without any of the secrets: a platform may repeat a token in its paging or in an error."""
        for form in self._forms():
            body = body.replace(form.encode(), b"***")
        return body

    def _forms(self) -> list[str]:
        """The secrets bare, percent-encoded, and as JSON writes them; the longest first."""
        forms = {
            f for v in self._values.values() for f in (v, quote(v, safe=""), json.dumps(v)[1:-1], v.replace("/", "\\/"))
        }
        return sorted(forms, key=len, reverse=True)


def load_tokens(path: Path | None = None) -> Tokens:
    """The tokens of the environment over those of a TOML file (`path`, else COMPLIANCE_TOKENS_FILE).

    Raises UserError where the file can be read by others, is no TOML, holds an unknown name, or a token that no header
    can carry.
    """
    chosen = path or (Path(os.environ[FILE_VARIABLE]) if os.environ.get(FILE_VARIABLE) else None)
    values: dict[str, str] = {}
    if chosen is not None:
        values = _file(chosen.expanduser())
    for name, variable in VARIABLES.items():
        if os.environ.get(variable):
            values[name] = os.environ[variable]
    for name, value in values.items():
        if not value.isascii() or any(ord(c) <= 32 for c in value):
            raise UserError(f"token {name}: hanya huruf ASCII tanpa spasi dan baris baru. Salin ulang tokennya.")
    return Tokens(values)


def _file(path: Path) -> dict[str, str]:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UserError(f"{path}: berkas token tidak ada.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: berkas token tidak dapat dibaca ({type(error).__name__}).") from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise UserError(f"{path}: berkas token dapat dibaca orang lain. Jalankan: chmod 600 {path}")
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The message of the parser may quote the line, and with it the token.
        raise UserError(f"{path}: bukan TOML yang sah. Tulis satu baris per token, misalnya: youtube = \"…\"") from error  # fmt: skip
    unknown = sorted(set(found) - set(VARIABLES))
    if unknown:
        raise UserError(f"{path}: nama token '{unknown[0]}' tidak dikenal. Pilihan: {', '.join(VARIABLES)}.")
    wrong = sorted(k for k, v in found.items() if not isinstance(v, str) or not v)
    if wrong:
        raise UserError(f"{path}: token {wrong[0]} harus berupa teks dalam tanda kutip.")
    return {k: str(v) for k, v in found.items()}
