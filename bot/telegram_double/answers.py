"""What the double answers over HTTP, and the answers that a fault on order puts in its place."""

from dataclasses import dataclass
from typing import Any

from bot.telegram_double.faults import Fault, FaultKind
from bot.telegram_double.refusals import Refused, too_many


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a call; ``html`` stands in for a body that is no JSON, ``wait`` is seconds."""

    status: int
    body: dict[str, Any]
    html: str | None = None
    wait: float = 0.0


def seconds_late(fault: Fault | None) -> float:
    """Return by how much a fault on order delays the answer."""
    if fault is None or fault.kind != FaultKind.SLOW:
        return 0.0
    return float(fault.detail.get("seconds", 1.0))


def scripted(fault: Fault) -> Answer | None:
    """Return the answer of a fault that needs no method to be carried out."""
    if fault.kind == FaultKind.TOO_MANY:
        refused = too_many(int(fault.detail.get("retry_after", 5)))
    elif fault.kind == FaultKind.BAD_REQUEST:
        refused = Refused(400, str(fault.detail.get("description", "Bad Request: no reason")))
    elif fault.kind == FaultKind.SERVER_ERROR:
        refused = Refused(int(fault.detail.get("code", 500)), "Internal Server Error")
        if fault.detail.get("html"):
            return Answer(refused.code, {}, html="<html><h1>Bad Gateway</h1></html>")
    else:
        return None
    return Answer(refused.code, refused.body())
