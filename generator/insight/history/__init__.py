"""This run compared with earlier runs."""
