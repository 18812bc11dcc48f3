"""A collection that was cut off before its pictures were recognised ends where an uninterrupted one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.collect.files import Files
from compliance.collect.settings import Settings
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria, resume
from tests.collect.server import running
from tests.conftest import AS_OF, items_of
from tests.documents.accuracy import KEPT
from tests.run.test_pictures import Village


def test_pictures_are_recognised_after_resuming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with running(Village, where="/infografis", picture=(KEPT / "poster-8.jpg").read_bytes()) as (address, _):
        settings = Settings(delay=0.0)
        whole = collect(address, settings, tmp_path / "whole", Tools.make())
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(Files, "recognise", cut)
            collect(address, settings, tmp_path / "cut", Tools.make())
        again = resume(tmp_path / "cut", settings, Tools.make())
    shown = [
        {c: i.publication for c, i in items_of(judge_snapshot(s, load_criteria([]), AS_OF, Tools.make())[0]).items()}
        for s in (whole, again)
    ]
    assert shown[0] == shown[1]
    assert shown[0]["3.4.2c"] == "published"
