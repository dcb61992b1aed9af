"""The volume database that the benchmarks read: made once, and again when its makers change."""

import hashlib
from pathlib import Path

from tools import synthetic_names, volume

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"
CAMP, SCHOOL = 1, 2
"""The keys of a camp (400 people x 60 sessions) and of a school (33 x 104)."""


def volume_file(folder: Path = FOLDER) -> Path:
    """The path of the database of ten years; its name holds a hash of its makers."""
    makers = (Path(str(volume.__file__)), Path(str(synthetic_names.__file__)))
    tables = sorted((ROOT / "schoolapp" / "storage" / "migrations" / "versions").glob("*.py"))
    mark = hashlib.sha256(b"".join(maker.read_bytes() for maker in (*makers, *tables)))
    path = folder / f"volume-{mark.hexdigest()[:12]}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        making = path.with_suffix(".making")
        for stale in folder.glob("volume-*"):
            stale.unlink()
        volume.make(making)
        making.rename(path)
    return path
