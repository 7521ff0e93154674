"""What the hits say on a question, and how sure it is that they answer it."""
