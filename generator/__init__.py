"""whomatters: who matters in a topic, and how to become someone they want to talk to."""

__version__ = "0.1.0"
