"""Calls at the desk: written, shown, confirmed, published, changed, withdrawn, translated.

`presses` holds the buttons and `routes` says which function answers which. `drafting` keeps what is
being written; `questions`, `days` and `texts` ask for it, `answers` takes what is tapped and
`typed` what is typed; `preview` shows it in four languages and `publishing` makes it public.
`listing` shows the office's calls and `begun` its drafts; `translating` fills in the languages that
are missing.
"""
