"""The assistant in a browser: a phone to try it with, and a clock to turn."""
