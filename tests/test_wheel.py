"""The wheel, in an empty environment, from a folder whose own files have our names."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from compliance.sample import SITE, serve

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(scripts folder of an environment with the wheel, the wheel)."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    wheel = next(folder.glob("*.whl"))
    target = folder / "env"
    venv.create(target, with_pip=True)
    scripts = target / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run(
        [str(scripts / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", str(ROOT / "requirements.lock")],
        check=True,
    )  # fmt: skip
    subprocess.run(
        [str(scripts / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", str(wheel)],
        check=True,
    )
    return scripts, wheel


def test_wheel_carries_what_it_needs_and_no_tests(installed: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(installed[1]).namelist()
    tops = {n.split("/")[0] for n in names if ".dist-info" not in n}
    assert tops == {"compliance", "checks", "reports", "criteria"}
    for wanted in (
        "criteria/kpk-desa-antikorupsi.yaml",
        "criteria/topics/keuangan.yaml",
        "reports/templates/report.html.j2",
        "compliance/sample/site/index.html",
    ):
        assert wanted in names


@pytest.mark.parametrize("how", ["script", "module"])
def test_no_shadowing(installed: tuple[Path, Path], tmp_path: Path, how: str) -> None:
    for name in ("checks", "reports", "criteria"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('shadowed')\n", encoding="utf-8")
    scripts = installed[0]
    program = [str(scripts / "compliance")] if how == "script" else [str(scripts / "python"), "-m", "compliance"]
    with serve() as address:
        done = subprocess.run(
            [*program, "check", address, "--as-site", SITE, "--delay", "0", "--snapshot", str(tmp_path / "s"), "--output", str(tmp_path / "r.html")],
            cwd=tmp_path, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "r.html").stat().st_size > 10000
