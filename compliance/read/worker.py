"""The process that reads files: `python -m compliance.read.worker`. One job after the other on standard input.

A job is a line of JSON (`job`, `size`) and that many bytes; the answer is a line with the size of a JSON Document
and that Document. The process may be killed at any time: it keeps nothing.
"""

from __future__ import annotations

import json
import os
import sys
from typing import BinaryIO

from compliance.read.extract import Job, extract
from compliance.read.frozen import freeze


def main() -> int:
    """Answers jobs until the input ends."""
    source: BinaryIO = sys.stdin.buffer
    # Native libraries print to standard output; answers go to a descriptor of their own.
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _bounded()
    while True:
        line = source.readline()
        if not line:
            return 0
        head = json.loads(line)
        body = source.read(head["size"])
        if len(body) < head["size"]:
            return 0
        answer = freeze(extract(body, Job(**head["job"])))
        target.write(f"{len(answer)}\n".encode() + answer)
        target.flush()


def _bounded() -> None:
    """A second bound under the watcher's: the address space, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    limit = 6 * 1024**3
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


if __name__ == "__main__":
    sys.exit(main())
