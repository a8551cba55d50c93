"""Made-up exports in a temporary folder."""

import dataclasses
import os
import pathlib
import shutil
import subprocess


@dataclasses.dataclass
class File:
    """A file of LDIF."""

    path: str
    bytes: int
    objects: int

    def delete(self):
        os.unlink(self.path)


class Maker:
    """Makes files with the generator."""

    def __init__(self, program, folder):
        self._program = program
        self.folder = pathlib.Path(folder)

    def make(self, name, objects, *options):
        """A file called `name` of `objects` users; or of one group, with `--group` in options."""
        path = self.folder / f"{name}.ldif"
        command = [self._program, "--objects", str(objects), *options]
        with open(path, "wb") as target:
            subprocess.run(command, stdout=target, check=True)
        # The first reader must not pay for the last writer.
        subprocess.run(["sync", str(path)], check=False)
        return File(str(path), path.stat().st_size, max(objects, 1))

    def has_room(self, size):
        """Whether `size` bytes fit, with some to spare."""
        return shutil.disk_usage(self.folder).free > size * 1.2
