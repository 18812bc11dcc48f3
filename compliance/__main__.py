"""`python -m compliance`: the same as the `compliance` command."""

import sys
from pathlib import Path

# With -m the working folder comes first on the path: a `checks.py` or `reports.py` that happens
# to lie there would be imported instead of ours.
_HOME = Path(__file__).resolve().parent.parent
sys.path[:] = [str(_HOME), *(entry for entry in sys.path if Path(entry or ".").resolve() != Path.cwd())]

from compliance.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
