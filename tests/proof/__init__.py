"""A web of our own on 127.0.0.0/8, healthy and hostile, and what the crawl makes of it."""
