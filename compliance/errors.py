"""The one error type that users are expected to meet, and the exit codes."""

from __future__ import annotations

from enum import IntEnum


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
