"""Natural languages: the only package that knows words of one.

Data stands in `languages/<code>/*.yaml`, one folder per ISO 639-1 code; adding a language adds data, not code.
"""
