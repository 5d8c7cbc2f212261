"""Calls at the desk: written, shown, confirmed, published, changed, withdrawn, translated.

`presses` lists the buttons and `routes` says which function answers which. `drafting` keeps what is
being written; `questions` and `days` ask for it, `answers` takes what is tapped and `typed` what is
typed; `preview` shows it in four languages and `publishing` makes it public. `listing` shows the
office's calls, and `titles` those that lack a language.
"""
