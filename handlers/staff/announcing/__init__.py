"""Announcements at the desk: written, shown, aimed, confirmed, watched, reported, corrected.

`presses` lists the buttons and `routes` says which function answers which. `opening` finds an
announcement and shows it as its stage asks for; everything else is one step of its life:
`composing`, `previews`, `audience`, `timing`, `confirming`, `running`, `reports`, `corrections`.
"""
