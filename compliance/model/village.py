"""The village and its site, as far as known."""

from __future__ import annotations

from compliance.model.base import Frozen
from compliance.model.status import VillageKind


class Village(Frozen):
    """A village; unknown parts stay None. `code` is the Kemendagri code, such as 73.22.10.2002."""

    name: str | None = None
    code: str | None = None
    kind: VillageKind = VillageKind.DESA
    district: str | None = None
    regency: str | None = None
    province: str | None = None
    websites: tuple[str, ...] = ()
    platform: str | None = None
