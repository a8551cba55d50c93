"""The table of a bench run, and the same as JSON."""

import dataclasses
import json


@dataclasses.dataclass
class Row:
    """One line of the table: what ran, on how much, and what it cost."""

    name: str
    bytes: int
    objects: int
    cost: object
    runs: int
    note: str = ""
    group: str = ""


@dataclasses.dataclass
class Bar:
    """What was asked for, what came out, and whether it is enough (None: not measured)."""

    text: str
    measured: str
    limit: str
    met: object


class Report:
    """Rows and bars as they come in."""

    def __init__(self, floor):
        self.rows = []
        self.bars = []
        self.skipped = []
        self._floor = floor
        self._grep = None

    def add(self, name, file, cost, runs, note="", group="ldaplint"):
        """Adds a row about a run over `file` (a data.File), and shows it at once."""
        row = Row(name, file.bytes, file.objects, cost, runs, note, group)
        if name.startswith("grep"):
            self._grep = row
        if not self.rows:
            print(self._head(), flush=True)
        self.rows.append(row)
        print(self._line(row), flush=True)
        return row

    def skip(self, name, why):
        """Says that something was not run."""
        self.skipped.append((name, why))
        print(f"  {name}: skipped, {why}", flush=True)

    def bar(self, text, measured, limit, unit="x", at_least=False):
        """Adds a bar: `measured` must be at most (or at least) `limit`."""
        met = None
        if measured is not None:
            met = measured >= limit if at_least else measured <= limit
        shown = "-" if measured is None else f"{measured:.2f} {unit}"
        sign = ">=" if at_least else "<="
        self.bars.append(Bar(text, shown, f"{sign} {limit:g} {unit}", met))

    def grep_ratio(self, row):
        """Wall time per byte over that of grep on the plain file."""
        if self._grep is None or not row.bytes:
            return None
        return (row.cost.wall / row.bytes) / (self._grep.cost.wall / self._grep.bytes)

    # The table

    @staticmethod
    def _head():
        return (
            f"\n{'':42}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'MB/s':>9}{'objects/s':>12}"
            f"{'x grep':>8}"
        )

    def _line(self, row):
        cost = row.cost
        memory = f"{cost.memory / 1e6:.0f}"
        if cost.memory <= self._floor * 1.1:
            memory = "<" + memory
        ratio = self.grep_ratio(row)
        line = (
            f"{row.name:42}{cost.wall:9.3f}{cost.cpu:9.3f}{memory:>9}"
            f"{row.bytes / cost.wall / 1e6:9.1f}{row.objects / cost.wall:12,.0f}"
            f"{'' if ratio is None else f'{ratio:8.2f}'}"
        )
        return line + (f"  {row.note}" if row.note else "")

    def print_bars(self):
        """Shows every bar and whether it is met."""
        print(f"\n{'bar':66}{'measured':>14}{'limit':>14}")
        for bar in self.bars:
            word = {True: "met", False: "MISSED", None: "not measured"}[bar.met]
            print(f"{bar.text:66}{bar.measured:>14}{bar.limit:>14}  {word}")

    def write_json(self, path, machine, options, micro):
        """Writes everything to `path`."""
        rows = [
            {
                "name": row.name, "group": row.group, "runs": row.runs, "note": row.note,
                "bytes": row.bytes, "objects": row.objects, "wall_seconds": row.cost.wall,
                "cpu_seconds": row.cost.cpu, "peak_bytes": row.cost.memory,
                "bytes_per_second": row.bytes / row.cost.wall,
                "objects_per_second": row.objects / row.cost.wall,
                "grep_ratio": self.grep_ratio(row), "status": row.cost.status,
            }
            for row in self.rows
        ]
        document = {
            "machine": machine, "options": options, "rows": rows,
            "bars": [dataclasses.asdict(bar) for bar in self.bars],
            "skipped": [{"name": name, "why": why} for name, why in self.skipped],
            "micro": micro,
        }
        with open(path, "w", encoding="utf-8") as target:
            json.dump(document, target, indent=2)
            target.write("\n")
