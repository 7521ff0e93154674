"""The question: taken in, taken apart."""
