"""Configuration: one TOML file, overridden by environment, overridden by flags.

File: `--config`, else COMPLIANCE_CONFIG, else `config.toml` in the user's configuration folder.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from compliance.errors import UserError
from compliance.model.base import Frozen


class Config(Frozen):
    """What an office sets once. Unknown keys are refused."""

    contact: str = ""
    office: str = ""
    proxy: str = ""
    ca_bundle: str = ""
    timezone: str = "Asia/Makassar"
    data_dir: str = ""
    delay: float = Field(default=0.5, ge=0)
    max_pages: int = Field(default=80, ge=1)
    drive_key: str = ""
    tokens_file: str = ""
    instagram_operator: str = Field(default="", pattern=r"^\d*$")
    facebook_public_access: bool = False
    youtube_rss: bool = False
    youtube_units: int = Field(default=9_000, ge=0)
    x_dollars: float = Field(default=1.0, ge=0)
    social_cache: str = ""
    social_base: str = ""
    same_server: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Loaded:
    """The configuration and where each value that is not a default came from."""

    config: Config
    path: Path | None
    origin: dict[str, str]


def default_path() -> Path:
    """Where the configuration file is looked for."""
    import platformdirs

    return platformdirs.user_config_path("desa-compliance") / "config.toml"


def data_root(config: Config) -> Path:
    """Where snapshots go: `data_dir`, else the user's data folder."""
    if config.data_dir:
        return Path(config.data_dir).expanduser()
    import platformdirs

    return platformdirs.user_data_path("desa-compliance") / "snapshots"


def load_config(path: Path | None) -> Loaded:
    """The configuration in force. Raises UserError naming file and key."""
    chosen = path or (Path(os.environ["COMPLIANCE_CONFIG"]) if os.environ.get("COMPLIANCE_CONFIG") else default_path())
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    if chosen.is_file():
        try:
            values = tomllib.loads(chosen.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UserError(f"{chosen}: bukan TOML yang sah: {error}.") from error
        origin = {key: str(chosen) for key in values}
    elif path is not None:
        raise UserError(f"{chosen}: berkas konfigurasi tidak ditemukan.")
    for name in Config.model_fields:
        variable = f"COMPLIANCE_{name.upper()}"
        if name != "same_server" and os.environ.get(variable):
            values[name] = os.environ[variable]
            origin[name] = variable
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        from compliance.criteria import did_you_mean

        lines = []
        for problem in error.errors():
            key = ".".join(str(p) for p in problem["loc"])
            hint = did_you_mean(key, set(Config.model_fields)) if problem["type"] == "extra_forbidden" else ""
            lines.append(f"{origin.get(key, chosen)}: {key}: {problem['msg']}.{hint}")
        raise UserError("\n".join(lines)) from error
    return Loaded(config, chosen if chosen.is_file() else None, origin)
