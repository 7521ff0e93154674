"""Whether what a model wrote is what the sources say."""
