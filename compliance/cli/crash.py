"""A crash report that can be pasted into an issue."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from compliance import __version__


def write_report(error: BaseException) -> Path:
    """Writes version, system, command and traceback to a new file; returns its path. Identity numbers are masked."""
    from compliance.read.personal import mask

    text = "\n".join(
        [
            f"desa-compliance {__version__}",
            f"Python {sys.version}",
            f"System {platform.platform()}",
            f"Time {datetime.now(UTC).isoformat(timespec='seconds')}",
            f"Command {' '.join(sys.argv)}",
            "",
            "".join(traceback.format_exception(error)),
        ]
    )
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="compliance-crash-", suffix=".txt", delete=False
    ) as file:
        file.write(mask(text))
    return Path(file.name)
