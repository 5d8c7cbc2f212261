"""Our assistant with a pace that grants whatever is asked: how fast the ledger itself is.

python -m tests.bench.sides.unpaced
"""

import sys
from unittest import mock

from bot import cli
from storage.pace import Limits

ANY = Limits(per_window=1_000_000, most=1_000_000.0)

if __name__ == "__main__":
    mock.patch("bot.assembly.paid_limits", return_value=ANY).start()
    sys.exit(cli.main(["run"]))
