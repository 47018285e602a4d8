"""The mistakes that Keras answers with an exception, and the same programs repaired."""
