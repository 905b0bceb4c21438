"""Shared by all tests: nothing but loopback is reachable (see pyproject's --allow-hosts)."""
