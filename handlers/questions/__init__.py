"""Students ask an office: which one, what, what it may know about them, and what comes of it."""
