"""The page: what a reader sees in a browser."""
