"""The one way in from a checkout: ``python3 installer/run.py demo``, ``… test``, and any word of ``backupreader``.

Standard library only: it runs before anything is installed. What it does stands in ``words.py``, beside it. This file
alone must be readable by an old Python, so that a person who has one is told so in a sentence.
"""

import os
import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit("Backup Reader needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 (pathlib is newer than the oldest)

from words import main  # noqa: E402 (only now is the Python known to be new enough)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
