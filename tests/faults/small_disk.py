"""A disk so small that it is soon full: a file system in memory, mounted for one test."""

import errno
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

BLOCK = bytes(4096)


class SmallDisk:
    """A folder with an end."""

    def __init__(self, folder):
        self.folder = folder
        self.filler = folder / "filler"

    def fill(self):
        """Leave no room for another block."""
        with self.filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(BLOCK)
            except OSError as problem:
                if problem.errno != errno.ENOSPC:
                    raise

    def free(self):
        """Give the room back."""
        self.filler.unlink()


@contextmanager
def small_disk(*, megabytes):
    """Mount the disk on a folder that every account may enter; skips where nobody may mount."""
    folder = Path(tempfile.mkdtemp(prefix="topbox-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("There is no mount command here.")
    except subprocess.CalledProcessError as refusal:
        pytest.skip(f"No disk may be mounted here: {refusal.stderr.strip()}")
    try:
        folder.chmod(0o755)
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)
