"""Terms, links and people over time: trends, bursts, first mentions, conversation trees, tags."""
