"""Words in, exit code out; the only package that prints.  [door: terminal]

Takes the command line; returns 0 done, 1 failed, 2 usage or topic file wrong, 3 built but below a floor,
130 stopped by hand. Whatever happens inside, the person at the terminal reads a sentence, never a traceback.
"""

from generator.cli.entry_point import main

__all__ = ["main"]
