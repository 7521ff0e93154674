"""Evaluation: questions in, trust out. Knows nothing of the page or the terminal."""
