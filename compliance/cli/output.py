"""What check and judge share at their end: render, write, and the exit code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from compliance.errors import Exit, UserError

if TYPE_CHECKING:
    from compliance.model.result import Result

Format = Literal["terminal", "json", "html", "md"]
FORMATS: dict[str, Format] = {"terminal": "terminal", "json": "json", "html": "html", "md": "md"}
LANGUAGES: dict[str, Literal["id", "en"]] = {"id": "id", "en": "en"}
SUFFIXES: dict[str, Format] = {".json": "json", ".html": "html", ".htm": "html", ".md": "md"}


def chosen_format(format_: str | None, output: Path | None) -> Format:
    """The format asked for, else the one of the output's ending, else the terminal."""
    if format_ is not None:
        if format_ not in FORMATS:
            from compliance.criteria import did_you_mean

            raise UserError(
                f"--format '{format_}' tidak dikenal. Pilihan: terminal, json, html, md.{did_you_mean(format_, set(FORMATS))}"
            )
        return FORMATS[format_]
    if output is not None:
        found = SUFFIXES.get(output.suffix.lower())
        if found is None:
            raise UserError(
                f"--output {output}: akhiran berkas tidak dikenal. Beri .json, .html, atau .md, atau sebut --format."
            )
        return found
    return "terminal"


def check_output(output: Path | None, inputs: Iterable[Path] = ()) -> None:
    """Refuses an output that cannot be written or is one of the inputs, before the long work begins."""
    if output is None:
        return
    if output.exists() and any(path.exists() and output.samefile(path) for path in inputs):
        raise UserError(f"--output {output}: berkas ini juga masukan; isinya akan hilang. Beri nama lain.")
    if output.is_dir():
        raise UserError(f"--output {output}: ini folder. Beri nama berkas.")
    if not output.parent.exists():
        raise UserError(f"--output {output}: folder {output.parent} tidak ada. Buat dahulu.")


def language(lang: str) -> Literal["id", "en"]:
    """The language asked for. Raises UserError."""
    if lang not in LANGUAGES:
        raise UserError(f"--lang '{lang}' tidak dikenal. Pilihan: id, en.")
    return LANGUAGES[lang]


def deliver(results: list[Result], format_: Format, output: Path | None, lang: Literal["id", "en"]) -> None:
    """Shows or writes the results in one format."""
    if format_ == "terminal":
        from reports.terminal import render

        if output is not None:
            raise UserError("--format terminal tidak ditulis ke berkas. Pilih json, html, atau md.")
        render(results, lang)
        return
    if format_ == "json":
        from reports.json import render as as_json

        text = as_json(results)
    elif format_ == "html":
        from reports.html import render as as_html

        text = as_html(results, lang)
    else:
        from reports.markdown import render as as_markdown

        text = as_markdown(results, lang)
    write(text, output)


def write(text: str, output: Path | None) -> None:
    """Writes to a file, whole or not at all, or to the standard output. Raises UserError."""
    if output is None:
        import sys

        if sys.stdout is None:
            raise UserError("Keluaran standar tertutup. Beri --output BERKAS.")
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    from compliance.archive.atomic import write_atomic

    try:
        write_atomic(output, text)
    except OSError as error:
        raise UserError(f"--output {output}: tidak dapat ditulis ({error.strerror}).") from error


def check_number(option: str, value: float | None) -> None:
    """Refuses NaN and infinity, which switch a limit off without saying so. Raises UserError."""
    import math

    if value is not None and not math.isfinite(value):
        raise UserError(f"{option} {value}: bukan angka yang dapat dipakai.")


def exit_code(results: list[Result], fail_under: float | None) -> Exit:
    """4 where nothing could be assessed, 1 under the bar, else 0."""
    if not any(r.assessable for r in results):
        return Exit.NOT_ASSESSED
    if fail_under is not None and any(r.score.proven < fail_under for r in results if r.assessable):
        return Exit.UNDER
    return Exit.DONE
