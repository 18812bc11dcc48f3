"""What the tests share: the tools, the sample village, and a folder that is thrown away."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from compliance.collect.settings import Settings
from compliance.model.result import ItemResult, Result
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from compliance.sample import HOME, SITE, serve

AS_OF = date(2026, 11, 24)


@pytest.fixture(scope="session")
def tools() -> Tools:
    """The matcher and its vocabulary; pure, so one for all tests."""
    return Tools.make()


def items_of(result: Result) -> dict[str, ItemResult]:
    """Every item of a result by its code."""
    return {i.code: i for c in result.components for n in c.indicators for i in n.items}


def audit_folder(folder: Path, work: Path, tools: Tools, criteria: list[str] | None = None) -> Result:
    """Serves a folder of sample fragments and audits it as the sample site."""
    with serve(folder=folder) as address:
        snapshot = collect(address, Settings(delay=0.0), work, Tools.make(), as_site=SITE)
    return judge_snapshot(snapshot, load_criteria(criteria or []), AS_OF, tools)[0]


@pytest.fixture(scope="session")
def sample_result(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> Result:
    """The bundled sample village, audited once."""
    return audit_folder(HOME / "site", tmp_path_factory.mktemp("sample") / "snapshot", tools)


@pytest.fixture
def site_copy(tmp_path: Path) -> Path:
    """A copy of the sample site that a test may change."""
    target = tmp_path / "site"
    shutil.copytree(HOME / "site", target)
    return target
