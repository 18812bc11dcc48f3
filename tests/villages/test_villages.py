"""The generator and its truth, and a few sites and mutations; the many are run by `make accuracy-sites`."""

from __future__ import annotations

import random

import pytest

from compliance.run.village import Tools
from tests.villages import media
from tests.villages.mutations import NAMES, mutate
from tests.villages.pool import half_of_pool, pool
from tests.villages.site import build, plan
from tests.villages.trial import Cell, agreement, cells, judge
from tests.villages.truth import CODES, NOT_PUBLISHED, PUBLISHED
from tests.villages.world import filler, invent


def test_every_code_has_documents_in_both_halves_together() -> None:
    shown = {c for e in pool() for c in e.codes}
    assert not set(CODES) - shown
    assert {e.id for e in half_of_pool("tuned")} | {e.id for e in half_of_pool("measured")} == {e.id for e in pool()}


def test_every_placeholder_is_filled() -> None:
    draw = random.Random(1)
    fill = filler(invent(draw), 2026, draw)
    for entry in pool():
        assert "{" not in fill(entry.title) + fill(entry.file) + fill(entry.body), entry.id


def test_one_seed_one_site() -> None:
    first, second = plan(7), plan(7)
    assert first == second and build(first).files.keys() == build(second).files.keys()
    assert plan(8) != first


def test_media_are_real_files() -> None:
    body = "<p>Pendapatan</p><table><tr><td>Dana Desa</td><td>Rp 10.000.000</td></tr></table><ul><li>satu</li></ul>"
    assert media.pdf(body, "APBDes").startswith(b"%PDF")
    assert media.scan(body, "APBDes", random.Random(1)).startswith(b"%PDF")
    assert media.picture(body, "APBDes", random.Random(1)).startswith(b"\x89PNG")
    assert media.docx(body, "APBDes").startswith(b"PK")


def test_budgets_add_up() -> None:
    for seed in range(20):
        m = invent(random.Random(seed)).money
        assert m["pendapatan"] == m["pad"] + m["dd"] + m["add"] + m["bhp"]
        assert m["belanja"] == sum(m[f"b{i}"] for i in range(1, 6)) == m["pendapatan"] + m["silpa"] - m["penyertaan"]


def test_agreement_counts_open_verdicts_as_disagreement() -> None:
    def cell(expected: str, got: str, manual: bool = False) -> Cell:
        return Cell(1, "1.1.1", expected, got, manual, "")

    found = agreement(
        [
            cell(PUBLISHED, "published"),
            cell(PUBLISHED, "unobserved"),
            cell(NOT_PUBLISHED, "not_published"),
            cell(NOT_PUBLISHED, "unobserved", manual=True),
            cell(NOT_PUBLISHED, "published"),
            cell(PUBLISHED, "not_published"),
        ]
    )
    assert (found.false_published, found.false_not_published) == (1 / 6, 1 / 6)
    assert (found.unobserved, found.manual) == (1 / 6, 1 / 6)
    # agreed 2/6; by chance (3·2 + 3·2)/36
    assert found.kappa == pytest.approx((2 / 6 - 12 / 36) / (1 - 12 / 36))


@pytest.mark.parametrize("name", NAMES)
def test_a_mutation_moves_the_truth_of_one_document(name: str) -> None:
    for seed in range(40):
        before = plan(seed, half="tuned")
        mutation = mutate(before, name, random.Random(seed))
        if mutation is None:
            continue
        truth, after = before.truth(), mutation.plan.truth()
        moved = {c for c in CODES if truth[c] != after[c]}
        assert moved <= set(mutation.expected)
        assert moved or name == "image"
        return
    pytest.fail("no site allows this mutation")


def test_a_site_is_judged_whole(tools: Tools) -> None:
    made = plan(3, half="tuned")
    judged = cells(made, judge(made, tools))
    assert [c.code for c in judged] == list(CODES)
    agreed = sum(c.verdict == c.expected for c in judged) / len(judged)
    assert agreed >= 0.5, [(c.code, c.expected, c.verdict) for c in judged if c.verdict != c.expected]


def test_removing_a_document_takes_its_verdicts_away(tools: Tools) -> None:
    made = plan(3, half="tuned")
    before = {c.code: c.verdict for c in cells(made, judge(made, tools))}
    mutation = mutate(made, "remove", random.Random(5))
    assert mutation is not None
    after = {c.code: c.verdict for c in cells(mutation.plan, judge(mutation.plan, tools))}
    gone = {c for c in mutation.expected if before[c] == PUBLISHED}
    assert not {c for c in gone if after[c] == PUBLISHED}
