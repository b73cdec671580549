"""Where the project's data lies. Every other module asks here, so that no path is spelled twice."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
POLICIES = DATA / "policies"
VOCABULARY = DATA / "vocabulary"
LEXICON = DATA / "lexicon"
VAR = ROOT / "var"
MODELS = ROOT / "models"
