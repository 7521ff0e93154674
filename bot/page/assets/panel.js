// Runs once in the source panel: whatever is opened is shown at its quote, or from its beginning.
watch("value", () => window.ponte?.reveal());
