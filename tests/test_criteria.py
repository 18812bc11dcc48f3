"""The bundled criteria are whole, and whatever is wrong in a criteria file is said with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from checks import KINDS, parameters
from compliance.cli.docs import DOCS, pages
from compliance.cli.schemas import schemas
from compliance.criteria import BUNDLED, HOME, CriteriaError, load
from compliance.model.base import Text
from compliance.model.criteria import Instrument
from compliance.model.status import WeightStatus

#: Codes and marks as the instrument numbers them: P, D, M.
ITEMS = [
    "1.1.1",
    "D",
    "1.1.2",
    "D",
    "1.1.3",
    "D",
    "1.1.4",
    "D",
    "1.1.5",
    "D",
    "1.1.6",
    "M",
    "1.1.7",
    "D",
    "1.1.8",
    "M",
    "1.1.9",
    "D",
    "1.1.10",
    "D",
    "1.2.1",
    "D",
    "1.2.2",
    "D",
    "1.2.3",
    "M",
    "1.2.4",
    "M",
    "1.2.5",
    "D",
    "1.3.1",
    "D",
    "1.3.2",
    "M",
    "1.3.3",
    "M",
    "1.3.4",
    "D",
    "1.4.1",
    "P",
    "1.4.2",
    "D",
    "1.4.3",
    "M",
    "1.4.4",
    "M",
    "1.4.5",
    "D",
    "1.4.6",
    "D",
    "1.4.7",
    "M",
    "1.4.8",
    "D",
    "1.5.1",
    "D",
    "1.5.2",
    "D",
    "1.5.3",
    "M",
    "1.5.4",
    "M",
    "2.1.1",
    "M",
    "2.1.2",
    "D",
    "2.1.3",
    "M",
    "2.1.4",
    "D",
    "2.1.5",
    "M",
    "2.2.1",
    "D",
    "2.2.2",
    "M",
    "2.2.3",
    "D",
    "2.3.1",
    "M",
    "2.3.2",
    "M",
    "2.3.3",
    "M",
    "2.3.4",
    "P",
    "3.1.1",
    "D",
    "3.1.2",
    "P",
    "3.1.3",
    "P",
    "3.1.4",
    "P",
    "3.1.5",
    "D",
    "3.1.6",
    "D",
    "3.2.1",
    "D",
    "3.2.2",
    "D",
    "3.2.3",
    "D",
    "3.2.4",
    "D",
    "3.2.5",
    "P",
    "3.3.1",
    "D",
    "3.3.2",
    "P",
    "3.4.1a",
    "D",
    "3.4.1b",
    "D",
    "3.4.1c",
    "D",
    "3.4.1d",
    "D",
    "3.4.2a",
    "M",
    "3.4.2b",
    "M",
    "3.4.2c",
    "P",
    "3.4.2d",
    "P",
    "3.4.2e",
    "M",
    "3.5.1a",
    "D",
    "3.5.1b",
    "D",
    "3.5.1c",
    "D",
    "3.5.2",
    "M",
    "3.5.3a",
    "M",
    "3.5.3b",
    "P",
    "4.1.1",
    "D",
    "4.1.2",
    "D",
    "4.1.3",
    "D",
    "4.2.1",
    "D",
    "4.2.2",
    "D",
    "4.2.3",
    "D",
    "4.2.4",
    "P",
    "4.2.5",
    "P",
    "4.3.1",
    "D",
    "4.3.2",
    "D",
    "4.3.3",
    "D",
    "4.3.4",
    "D",
    "5.1.1",
    "P",
    "5.1.2",
    "D",
    "5.2.1",
    "D",
    "5.2.2",
    "D",
    "5.2.3",
    "P",
    "5.2.4",
    "D",
]


def test_kpk_has_every_item_with_its_mark() -> None:
    instrument = load("kpk-desa-antikorupsi", parameters()).instrument
    found = {e.code: e.web.value for _, _, e in instrument.items()}
    assert found == dict(zip(ITEMS[::2], ITEMS[1::2], strict=True))
    assert [len(c.indicators) for c in instrument.components] == [5, 3, 5, 3, 2]
    assert [c.weight for c in instrument.components] == [25, 15, 30, 18, 12]
    assert instrument.weights.status is WeightStatus.ASSUMED
    assert instrument.pass_mark == 90


def test_slip_has_every_duty() -> None:
    codes = {e.code for _, _, e in load("slip-desa", parameters()).instrument.items()}
    wanted = [
        "profil",
        "program",
        "penerima",
        "perencanaan",
        "perdes",
        "kinerja",
        "keuangan",
        "apbdes",
        "danadesa",
        "serta-merta",
        "setiap-saat",
        "ppid",
        "bumdes",
        "domain",
        "pribadi",
    ]
    assert codes == {f"slip.{w}" for w in wanted}


@pytest.mark.parametrize("name", BUNDLED)
def test_every_item_says_all_in_two_languages(name: str) -> None:
    criteria = load(name, parameters())

    def whole(text: Text) -> bool:
        return bool(text.id.strip()) and bool(text.en.strip())

    for _, indicator, item in criteria.instrument.items():
        guide = criteria.instrument.guides[item.guide]
        fix = criteria.fix(item)
        for text in (
            item.title,
            indicator.title,
            guide.success,
            guide.verification,
            guide.cannot_see,
            fix.general,
            fix.opensid,
            fix.wordpress,
        ):
            assert whole(text), item.code


def test_every_check_kind_is_used_and_documented() -> None:
    used = {e.check.kind for name in BUNDLED for _, _, e in load(name, parameters()).instrument.items()}
    assert used == set(KINDS)


def test_schemas_are_current() -> None:
    for name, text in schemas().items():
        assert (HOME / "schema" / f"{name}.schema.json").read_text(encoding="utf-8") == text, (
            f"run `make schema` ({name})"
        )


def test_every_yaml_names_its_schema() -> None:
    for path in HOME.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / first.split("=", 1)[1]).is_file(), path


def test_bundled_yaml_validates_against_the_schemas() -> None:
    import json

    import jsonschema

    for path in HOME.rglob("*.yaml"):
        named = path.read_text(encoding="utf-8").splitlines()[0].split("=", 1)[1]
        schema = json.loads((path.parent / named).read_text(encoding="utf-8"))
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


def test_catalogue_is_current() -> None:
    for name, text in pages().items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, "run `make docs`"


# -- what is wrong is refused, with its place ---------------------------------------------------------


def _broken(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = (HOME / "situs.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _line(path: Path, needle: str) -> int:
    return next(i for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if needle in line)


@pytest.mark.parametrize(
    ("old", "new", "needle", "key", "hint"),
    [
        ("pass_mark: 75", "pass_marc: 75", "pass_marc", "pass_marc", "Did you mean 'pass_mark'?"),
        ("pass_mark: 75", "pass_mark: seventy", "seventy", "pass_mark", "seventy"),
        ("pass_mark: 75", "pass_mark: 175", "175", "pass_mark", "less than or equal to 100"),
        ("weight: 20", "weight: 21", "weight: 50", "components.0.weight", "sum to 51, expected 50"),
        ("check: {kind: reachable}", "check: {kind: reachabel}", "reachabel", "check.kind", "Did you mean 'reachable'?"),
        ("check: {kind: fresh, days: 90}", "check: {kind: fresh, dayz: 90}", "dayz", "check.dayz", "Did you mean 'days'?"),
        ("check: {kind: fresh, days: 90}", "check: {kind: fresh, days: soon}", "soon", "check.days", "soon"),
        ("check: {kind: reachable}", "check: {kind: published, topic: apbdess}", "apbdess", "check.topic", "Did you mean 'apbdes'?"),
        ("check: {kind: reachable}", "check: {kind: published, topic: apbdes, part: incom}", "incom", "check.part", "Did you mean 'income'?"),
        ("guide: fact, fix_on: settings, title: {id: \"Halaman", "guide: facts, fix_on: settings, title: {id: \"Halaman", "guide: facts", "guide", "Did you mean 'fact'?"),
        ("code: situs.https", "code: situs.terbuka", "HTTPS dan sertifikat", "code", "stands twice"),
        ("legal: [uu-27-2022]", "legal: [uu-27-2o22]", "uu-27-2o22", "legal", "Did you mean 'uu-27-2022'?"),
        ("number: 2", "number: 1", "number: 1", "number", "stands twice"),
        ("web: D, guide: fact, fix_on: settings, title", "web: X, guide: fact, fix_on: settings, title", "web: X", "web", "'P', 'D' or 'M'"),
    ],
)  # fmt: skip
def test_errors_name_file_line_key_and_hint(
    tmp_path: Path, old: str, new: str, needle: str, key: str, hint: str
) -> None:
    path = _broken(tmp_path, (old, new))
    with pytest.raises(CriteriaError) as error:
        load(str(path), parameters())
    message = str(error.value)
    if key != "number":
        assert f"{path}:{_line(path, needle)}:" in message, message
    assert key in message
    assert hint in message


def test_doubled_key_is_refused(tmp_path: Path) -> None:
    path = _broken(tmp_path, ("pass_mark: 75", "pass_mark: 75\npass_mark: 80"))
    with pytest.raises(
        CriteriaError, match=rf"mine\.yaml:{_line(path, 'pass_mark: 80')}: pass_mark: the key stands twice"
    ):
        load(str(path), parameters())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a mapping"),
        ("- a\n- b\n", "expected a mapping"),
        ("schema: [unclosed\n", "not valid YAML"),
        ("schema: instrument/1\nid: x\n", "required and is missing"),
        (
            "schema: overlay/1\nid: x\nversion: '1'\nextends: kpk-desa-antikorups\n",
            "Did you mean 'kpk-desa-antikorupsi'?",
        ),
        ("\x00", "not valid YAML"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CriteriaError, match=said.replace("?", r"\?")):
        load(str(path), parameters())


def test_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CriteriaError, match="UTF-8"):
        load(str(path), parameters())


def test_unknown_id_gets_a_hint() -> None:
    with pytest.raises(CriteriaError, match="Did you mean 'slip-desa'"):
        load("slip-des", parameters())


def test_overlay_changes_and_leaves_the_original(tmp_path: Path) -> None:
    path = tmp_path / "kab.yaml"
    path.write_text(
        "schema: overlay/1\nextends: kpk-desa-antikorupsi\nid: kpk-kabupaten\nversion: '1'\npass_mark: 85\n"
        "weights: {status: official, note: {id: 'SK 1', en: 'Decree 1'}}\n"
        "components: {'1': 30, '2': 10}\nindicators: {1: 10, 6: 4, 7: 3, 8: 3}\nshares: {1.1.3: 4}\n"
        "applies: {1.1.4: false}\ncredit: {outdated: 0.25}\n",
        encoding="utf-8",
    )
    changed = load(str(path), parameters())
    original = load("kpk-desa-antikorupsi", parameters())
    assert changed.instrument.weights.status is WeightStatus.OFFICIAL
    assert changed.instrument.pass_mark == 85
    assert changed.instrument.components[0].weight == 30
    items = {e.code: e for _, _, e in changed.instrument.items()}
    assert items["1.1.3"].share == 4
    assert items["1.1.4"].applies is False
    assert original.instrument.components[0].weight == 25
    assert changed.sha256 != original.sha256


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("components: {'1': 30}", "sum to 25, expected 30"),
        ("indicators: {19: 5}", "'19' is not in kpk-desa-antikorupsi"),
        ("shares: {1.1.33: 2}", "'1.1.33' is not in kpk-desa-antikorupsi. Did you mean '1.1.3'"),
        ("applies: {1.1.3: maybe}", "applies.1.1.3"),
        ("sharez: {}", "Did you mean 'shares'"),
    ],
)
def test_wrong_overlays_are_refused(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "kab.yaml"
    path.write_text(
        f"schema: overlay/1\nextends: kpk-desa-antikorupsi\nid: k\nversion: '1'\n{line}\n", encoding="utf-8"
    )
    with pytest.raises(CriteriaError) as error:
        load(str(path), parameters())
    assert said in str(error.value)
    assert f"{path}:5" in str(error.value)


def test_the_model_is_what_the_schema_describes() -> None:
    data = yaml.safe_load((HOME / "kpk-desa-antikorupsi.yaml").read_text(encoding="utf-8"))
    assert Instrument.model_validate(data).id == "kpk-desa-antikorupsi"
