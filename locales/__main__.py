"""`python -m locales`."""

import sys

from locales.tool import main

sys.exit(main())
