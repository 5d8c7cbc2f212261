"""The office's desk: what members of an office see and do.

`desk` decides who may (the one place), `presses` lists the buttons, `routes` says which function
answers which. Everything else here may rely on having been admitted.
"""
