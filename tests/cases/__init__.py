"""Whole builds of small webs of our own."""
