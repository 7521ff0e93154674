"""Answers: from hits to cited sentences."""
