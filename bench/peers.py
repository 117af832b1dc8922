"""Other tools beside ours: each is installed by its own lock into an environment of its own."""

import subprocess
import sys
from pathlib import Path


def environment(peer: str, lock: Path, folder: Path) -> Path:
    """The peer's own Python under `folder`, made when it is not there."""
    python = folder / "venv" / peer / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock], check=True)
    return python
