"""The command line: one module per command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import sys

import typer

from compliance.cli import accounts, accuracy, check, criteria, demo, doctor, judge, read
from compliance.errors import Exit, UserError

app = typer.Typer(
    name="compliance",
    help="Mengaudit keterbukaan situs desa terhadap indikator Desa Antikorupsi KPK: kumpulkan sekali, nilai berkali-kali, jelaskan sebabnya.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("check")(check.check)
app.command("judge")(judge.judge)
app.command("read")(read.read)
app.command("accuracy")(accuracy.accuracy)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)
app.add_typer(criteria.app, name="criteria")
app.add_typer(accounts.app, name="accounts")


def _version(value: bool) -> None:
    if value:
        from compliance import __version__

        typer.echo(f"desa-compliance {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Tampilkan versi."),
) -> None:
    """Mengaudit keterbukaan situs desa terhadap indikator Desa Antikorupsi KPK."""


def main() -> None:
    """Runs the command line. The whole program is wrapped once: an expected error, an interrupt, anything else."""
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles may use a code page that lacks the characters of a report.
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")
    try:
        code = app(standalone_mode=False)
    except UserError as error:
        typer.echo(f"Galat: {error}", err=True)
        sys.exit(int(error.exit_code))
    except (OSError, UnicodeEncodeError) as error:
        if isinstance(error, BrokenPipeError):
            sys.stderr.close()
            sys.exit(int(Exit.DONE))
        typer.echo(f"Galat: {str(error).encode('ascii', 'backslashreplace').decode()}", err=True)
        sys.exit(int(Exit.USAGE))
    except KeyboardInterrupt:
        typer.echo("Dihentikan.", err=True)
        sys.exit(int(Exit.INTERRUPTED))
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 — the one place that turns a fault of ours into a report
        sys.exit(_usage_or_crash(error))
    sys.exit(code if isinstance(code, int) else int(Exit.DONE))


def _usage_or_crash(error: BaseException) -> int:
    show = getattr(error, "show", None)
    if callable(show) and hasattr(error, "exit_code"):
        show()
        return int(Exit.USAGE)
    if type(error).__name__ == "Abort":
        typer.echo("Dihentikan.", err=True)
        return int(Exit.INTERRUPTED)
    from compliance.cli.crash import write_report

    path = write_report(error)
    typer.echo(
        f"Galat internal: {type(error).__name__}: {error}\nLaporan ditulis ke {path}; sertakan saat melapor.",
        err=True,
    )
    return int(Exit.INTERNAL)
