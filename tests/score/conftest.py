"""Scoring is tested on the hand-written corpora of tests/graph."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "graph"))
