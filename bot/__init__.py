"""The process: it listens, answers, plans and delivers."""
