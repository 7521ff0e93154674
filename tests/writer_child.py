"""A process that indexes a folder and is killed by a test at some moment: `writer_child.py HOME FOLDER`."""

import sys
from pathlib import Path

from bot.library import Library

library = Library(Path(sys.argv[1]), create=True)
print("open", flush=True)
report = library.add(Path(sys.argv[2]))
print("added", len(report.added), "replaced", len(report.replaced), "removed", len(report.removed), flush=True)
library.close()
