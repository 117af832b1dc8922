"""Kills a window while a person decides: `python -m tests.sudden [KILLS]`. A decision every tenth of a second; the window dies at a
moment drawn by chance. Prints how many seconds of decisions were lost at most; more than 30, or a kept case that cannot be read, ends
with status 1.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis.declare.dossier import read
from gui.keeper import opened
from tests.conftest import TOP

MOST = 30.0  # seconds of decisions that may be lost
CHILD = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from analysis.model import Incident
from gui.app import build, prepare
from gui.settings import Settings
folder = Path(sys.argv[1])
prepare(folder / "qt")
application = QApplication([])
window = build(application, Settings("en", "light"), closer=False)
window.keeper.folder = folder / "kept"
window.show()
said, more = iter(range(1, 1_000_000)), QTimer()
def decide():
    at = next(said)
    window.session.set_incident(Incident(claimed_people=at))
    print(at, time.monotonic(), flush=True)
more.setInterval(100)
more.timeout.connect(decide)
window.session.impact_changed.connect(lambda impact: more.start() if impact is not None and not more.isActive() else None)
window.open_files([folder / "leak.csv"])
application.exec()
"""


def lost(folder: Path, seconds: float) -> float:
    """Seconds of decisions that a kill after so many seconds of deciding cost. Raises where what was kept cannot be read."""
    asked = [sys.executable, "-c", CHILD, str(folder)]
    with subprocess.Popen(asked, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().split()]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            told.append(child.stdout.readline().split())
        assert child.poll() is None, "the window ended by itself"
        child.kill()
        dead = time.monotonic()
        told += [line.split() for line in child.stdout]
    when = {int(line[0]): float(line[1]) for line in told if len(line) == 2}
    cases = folder / "kept" / "cases"
    kept = [read(opened(path.read_bytes(), (cases / "key").read_bytes())) for path in cases.glob("*.ampleur")]
    last = max((item.incident.claimed_people for item in kept), default=0)
    return dead - when.get(last + 1, dead)


def main() -> None:
    kills, rng, worst = int(sys.argv[1]) if len(sys.argv) > 1 else 100, random.Random(1), 0.0
    for _ in range(kills):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows = [f"FICTIF{chr(65 + at % 26)};Ada;{at % 28 + 1:02d}/03/1970;06399800{at:02d}" for at in range(40)]
            (folder / "leak.csv").write_text("\n".join(["nom;prenom;date_naissance;telephone", *rows]), encoding="utf-8")
            worst = max(worst, lost(folder, rng.uniform(0.2, 8.0)))
    print(f"{kills} kills: at most {worst:.1f} s of decisions lost")
    sys.exit(worst > MOST)


if __name__ == "__main__":
    main()
