"""The readable catalogue of a criteria set, generated from its YAML."""

from __future__ import annotations

from compliance.criteria import Criteria
from compliance.model.base import Lang, Text
from compliance.model.criteria import EvidenceItem

_WORDS: dict[str, Text] = {
    "web": Text(id="Web", en="Web"),
    "check": Text(id="Pemeriksaan", en="Check"),
    "year": Text(id="Tahun yang diminta", en="Year asked for"),
    "success": Text(id="Terpenuhi bila", en="Met when"),
    "verification": Text(id="Cara memeriksa", en="How it is verified"),
    "cannot_see": Text(id="Yang tidak terlihat", en="What it cannot see"),
    "legal": Text(id="Dasar", en="Basis"),
    "fix": Text(id="Cara memperbaiki", en="How to fix"),
    "share": Text(id="bagian", en="share"),
    "generated": Text(
        id="Halaman ini dibuat dari YAML dengan `compliance criteria show`; jangan disunting.",
        en="This page is generated from the YAML by `compliance criteria show`; do not edit it.",
    ),
    "pass": Text(id="Nilai lulus", en="Pass mark"),
    "weights": Text(id="Bobot", en="Weights"),
    "weight": Text(id="bobot", en="weight"),
}
_WEB: dict[str, Text] = {
    "P": Text(
        id="P: instrumen sendiri meminta publikasi; bila tidak ada, tidak terpenuhi",
        en="P: the instrument itself asks for publication; absent is unmet",
    ),
    "D": Text(
        id="D: dapat dilihat sebagai dokumen terbit; bila tidak ada, perlu dilihat manusia",
        en="D: decidable as a published document; absent is for a person",
    ),
    "M": Text(id="M: hanya manusia", en="M: only a person"),
}


def item_text(criteria: Criteria, item: EvidenceItem, lang: Lang) -> str:
    """One item in Markdown: everything the YAML says of it, resolved."""
    guide = criteria.instrument.guides[item.guide]
    topic = criteria.vocabulary.topics.get(str(item.check.params.get("topic", "")))
    rule = item.year or (topic.year if topic else None)
    params = ", ".join(f"{k}={_shown(v)}" for k, v in item.check.params.items())
    fix = criteria.fix(item)
    lines = [
        f"#### {item.code} {item.title.in_(lang)}",
        "",
        f"- {_WORDS['web'].in_(lang)}: {_WEB[item.web.value].in_(lang)} ({_WORDS['share'].in_(lang)} {item.share:g})",
        f"- {_WORDS['check'].in_(lang)}: `{item.check.kind}`" + (f" ({params})" if params else ""),
    ]
    if rule is not None:
        lines.append(f"- {_WORDS['year'].in_(lang)}: {criteria.vocabulary.years.rules[rule].title.in_(lang)}")
    lines += [
        f"- {_WORDS['success'].in_(lang)}: {(item.success or guide.success).in_(lang)}",
        f"- {_WORDS['verification'].in_(lang)}: {(item.verification or guide.verification).in_(lang)}",
        f"- {_WORDS['cannot_see'].in_(lang)}: {(item.cannot_see or guide.cannot_see).in_(lang)}",
    ]
    for key in item.legal:
        source = criteria.instrument.sources[key]
        lines.append(f"- {_WORDS['legal'].in_(lang)}: {source.title.in_(lang)} (`{source.status.value}`)")
    lines += [
        f"- {_WORDS['fix'].in_(lang)}: {fix.general.in_(lang)}",
        f"  - OpenSID: {fix.opensid.in_(lang)}",
        f"  - WordPress: {fix.wordpress.in_(lang)}",
    ]
    return "\n".join(lines)


def _shown(value: object) -> str:
    return "+".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)


def catalogue(criteria: Criteria, lang: Lang) -> str:
    """The whole set in Markdown."""
    instrument = criteria.instrument
    lines = [
        f"# {instrument.title.in_(lang)} — {instrument.id} {instrument.version}",
        "",
        _WORDS["generated"].in_(lang),
        "",
        instrument.source.in_(lang),
        "",
        f"{_WORDS['pass'].in_(lang)}: {instrument.pass_mark:g}. {_WORDS['weights'].in_(lang)}: `{instrument.weights.status.value}`. {instrument.weights.note.in_(lang)}",
    ]
    for component in instrument.components:
        lines += [
            "",
            f"## {component.id}. {component.title.in_(lang)} ({_WORDS['weight'].in_(lang)} {component.weight:g})",
        ]
        for indicator in component.indicators:
            lines += [
                "",
                f"### {indicator.number}. {indicator.title.in_(lang)} ({_WORDS['weight'].in_(lang)} {indicator.weight:g})",
            ]
            for item in indicator.items:
                lines += ["", item_text(criteria, item, lang)]
    return "\n".join(lines) + "\n"
