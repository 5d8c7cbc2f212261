"""Writers: many at once on one SQLite file."""

from __future__ import annotations

import sys

from storage import people
from tests.faults.forms import SQLITE, Size, forms
from tests.faults.machines import ROOT
from tests.faults.measures import percentile
from tests.faults.trial import FIRST, Trial

PROCESSES, TASKS = 4, 5
WRITING = str(ROOT / "tests" / "faults" / "writing.py")


@SQLITE
@forms(Size(times=10), Size(times=500))
async def test_twenty_writers(trial: Trial, size: Size) -> None:
    """Each reads a number and writes the next: a lost update is a number too low."""
    assert sys.executable
    await trial.know(1)
    machines = [
        trial.machine((WRITING, trial.url, str(FIRST), str(TASKS), str(size.times)))
        for _ in range(PROCESSES)
    ]
    for machine in machines:
        await machine.start()
    for machine in machines:
        assert await machine.ended() == 0, machine.tail
    async with trial.db.read() as c:
        person = await people.find(c, FIRST)
    assert person is not None

    waits = [float(line) for machine in machines for line in machine.lines]
    expected = PROCESSES * TASKS * size.times
    trial.tell(
        22,
        "0 locked, 0 lost updates, write p99 <= 250 ms",
        f"{PROCESSES * TASKS} writers in {PROCESSES} processes, {expected} writes: "
        f"{expected - int(str(person.facts['number']))} lost, "
        f"p99 {1000 * percentile(waits, 99):.0f} ms",
    )
    assert person.facts["number"] == expected
    assert len(waits) == expected
