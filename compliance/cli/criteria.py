"""`compliance criteria`: validate, show, schema, catalogue."""

from __future__ import annotations

from pathlib import Path

import typer

app = typer.Typer(help="Periksa, tampilkan, dan dokumentasikan kriteria YAML.", no_args_is_help=True)


@app.command("validate")
def validate(
    specs: list[str] | None = typer.Argument(
        None, help="Id atau berkas [bawaan: semua yang disertakan].", metavar="[ID|BERKAS]..."
    ),
) -> None:
    """Periksa kriteria; setiap kesalahan disebut dengan berkas, baris, dan kunci.

    Contoh: compliance criteria validate kriteria-kabupaten.yaml
    """
    from compliance.criteria import BUNDLED
    from compliance.run.village import load_criteria

    for criteria in load_criteria(list(specs or BUNDLED)):
        instrument = criteria.instrument
        typer.echo(
            f"{instrument.id} {instrument.version}: sah — {len(instrument.components)} komponen, "
            f"{sum(len(c.indicators) for c in instrument.components)} indikator, {len(instrument.items())} butir, "
            f"bobot {instrument.weights.status.value}, sha256 {criteria.sha256[:12]}"
        )


@app.command("show")
def show(
    spec: str = typer.Argument("kpk-desa-antikorupsi", help="Id atau berkas kriteria."),
    item: str | None = typer.Option(None, "--item", help="Hanya butir ini, misalnya 1.1.3."),
    lang: str = typer.Option("id", "--lang", help="id atau en."),
) -> None:
    """Tampilkan kriteria lengkap: setiap butir, cara memeriksanya, dan cara memperbaikinya.

    Contoh: compliance criteria show --item 3.4.1a
    """
    from compliance.cli.catalogue import catalogue, item_text
    from compliance.cli.output import language
    from compliance.criteria import did_you_mean
    from compliance.errors import UserError
    from compliance.run.village import load_criteria

    language_ = language(lang)
    criteria = load_criteria([spec])[0]
    if item is None:
        typer.echo(catalogue(criteria, language_))
        return
    found = [e for _, _, e in criteria.instrument.items() if e.code == item]
    if not found:
        codes = {e.code for _, _, e in criteria.instrument.items()}
        raise UserError(f"Butir '{item}' tidak ada dalam {criteria.instrument.id}.{did_you_mean(item, codes)}")
    typer.echo(item_text(criteria, found[0], language_))


@app.command("schema")
def schema(
    name: str = typer.Argument("instrument", help="instrument, overlay, topics, lexicon, years, howto, atau result."),
    write: Path | None = typer.Option(None, "--write", help="Tulis semua skema ke folder ini."),
) -> None:
    """Cetak JSON Schema kriteria (untuk editor) atau hasil.

    Contoh: compliance criteria schema instrument
    """
    from compliance.cli.schemas import schemas
    from compliance.criteria import did_you_mean
    from compliance.errors import UserError

    known = schemas()
    if write is not None:
        from compliance.archive.atomic import write_atomic

        for key, text in known.items():
            write_atomic(write / f"{key}.schema.json", text)
            typer.echo(str(write / f"{key}.schema.json"))
        return
    if name not in known:
        raise UserError(f"Skema '{name}' tidak dikenal. Pilihan: {', '.join(known)}.{did_you_mean(name, set(known))}")
    typer.echo(known[name], nl=False)
