"""python -m bot COMMAND, the same as erasmus-bot COMMAND."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
