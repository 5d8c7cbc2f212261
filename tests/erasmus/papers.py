"""Papers for tests."""

from collections.abc import Sequence

from erasmus.condition_tables import parse_condition
from erasmus.plans import Item, Stage
from erasmus.sources import Citation
from erasmus.words import Language, Words

SOMETHING = Words(dict.fromkeys(Language, "something"))


def item(
    name: str,
    days: int = 10,
    needs: Sequence[str] = (),
    stage: Stage = Stage.BEFORE,
    only_if: object = None,
) -> Item:
    return Item(
        id=name,
        short=name[:3],
        label=SOMETHING,
        how=SOMETHING,
        issuer=SOMETHING,
        days_needed=days,
        needs=tuple(needs),
        only_if=None if only_if is None else parse_condition(only_if),
        stage=stage,
        source=Citation(id="S1"),
    )
