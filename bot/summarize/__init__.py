"""Summaries: from chosen articles to a short text whose every sentence is a quote."""
