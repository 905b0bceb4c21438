"""The command line: the only package that prints or reads the clock.

Exit codes: 0 done, 1 failed, 2 usage or topic file wrong, 3 built but below a floor, 130 stopped by Ctrl-C. Every
failure is reported as a sentence, not as a traceback.
"""

from generator.cli.entry_point import main

__all__ = ["main"]
