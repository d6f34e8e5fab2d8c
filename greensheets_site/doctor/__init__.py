"""Looks at everything that a person would look at before trusting next Monday, and says what to do about it."""
