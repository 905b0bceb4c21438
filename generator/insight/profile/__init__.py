"""What a profile says of one person beyond standing."""
