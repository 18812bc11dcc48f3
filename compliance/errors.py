"""The one error type that users are expected to meet, and the exit codes."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    UNDER = 1
    USAGE = 2
    INTERNAL = 3
    NOT_ASSESSED = 4
    INTEGRITY = 5
    INTERRUPTED = 130


class UserError(Exception):
    """Something the user can put right. The message is whole: what was expected, found, and what to do."""

    def __init__(self, message: str, exit_code: Exit = Exit.USAGE) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def text_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file that a user gives, with or without a byte order mark, without line ends.

    Lines end at line feeds alone: a page in a line may hold U+2028 and U+0085. Raises UserError where the file is not
    there, is no text, or cannot be opened.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError(f"{path}: berkas tidak ada.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: bukan teks UTF-8 (byte {error.start}).") from error
    except OSError as error:
        raise UserError(f"{path}: tidak dapat dibuka ({error.strerror}).") from error
    return [line.rstrip("\r") for line in text.split("\n")]
