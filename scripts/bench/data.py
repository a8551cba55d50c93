"""Made-up exports in a temporary folder."""

import dataclasses
import os
import pathlib
import shutil
import subprocess


# What the company of `bench-data --messy` owns, as its administrator would say.
MESSY_TENANT = [
    option
    for domain in ("nordwind.de", "nordwind.pl", "nordwind.cz", "nordwind.com.tr", "nordwind.cn")
    for option in ("--verified-domain", domain)
] + ["--initial-domain", "nordwind.onmicrosoft.com"]


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

    def write(self, name, shape, count):
        """A file called `name` of what `shape` gives for `count` values an object."""
        path = self.folder / f"{name}.ldif"
        with open(path, "w", encoding="utf-8") as target:
            objects = sum(target.write(text) > 0 for text in shape(count))
        return File(str(path), path.stat().st_size, objects)

    def has_room(self, size):
        """Whether `size` bytes fit, with some to spare."""
        return shutil.disk_usage(self.folder).free > size * 1.2


def users(objects, value, name=lambda i: "proxyAddresses"):
    """A shape: that many users, each with all values that `value` gives under `name`."""
    def shape(count):
        for number in range(objects):
            lines = "".join(f"{name(i)}: {value(i)}\n" for i in range(count))
            yield (
                f"dn: CN=u{number},DC=contoso,DC=com\nobjectClass: user\ncn: u{number}\n"
                f"sAMAccountName: u{number}\nuserPrincipalName: u{number}.x@contoso.com\n{lines}\n")
    return shape
