"""What Erasmus+ is, for people in Central Asia: actions, questions, rules, plans, deadlines.

Pure: no other room, no clock, no input or output but its own content.
"""
