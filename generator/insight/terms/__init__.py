"""Term counts, keyness and the index of post texts that other insight packages share."""
