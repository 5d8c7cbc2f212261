"""Secrets: the token is looked for in everything that leaves the process."""

from __future__ import annotations

from tests.faults.machines import RIGGED
from tests.faults.trial import TOKEN, Trial

COMMANDS = ("check", "doctor", "validate", "--version", "migrate")


async def test_the_token_is_in_no_output(trial: Trial) -> None:
    """The fullest log and the shortest, lost connections, tracebacks, each command."""
    writer, *_ = await trial.know(1)
    outputs = []
    for level in ("debug", "error"):
        machine = trial.machine(RIGGED, LOG_LEVEL=level)
        machine.environment["RIG_CRASH"] = "zqxj"
        for kind in ("drop_after", "server_error"):
            trial.double.faults.add(kind, method="getUpdates")
        trial.double.faults.add("drop_before", method="sendMessage")
        await machine.start()
        writer.send_text("zqxj " + TOKEN)
        await trial.until(trial.settled)
        await machine.stop()
        outputs += machine.lines
    wrong = trial.machine(TOKEN=TOKEN[:-1] + "x")
    await wrong.start()
    await wrong.ended()
    outputs += wrong.lines
    for command in COMMANDS:
        machine = trial.machine(("-m", "bot", command))
        await machine.start()
        await machine.ended()
        outputs += machine.lines
    secret = TOKEN.split(":")[1]
    found = [line for line in outputs if secret in line or secret[:-1] in line]
    trial.tell(24, "0 hits", f"{len(outputs)} lines of output: {len(found)} hits")
    assert len(outputs) > 30
    assert found == []
