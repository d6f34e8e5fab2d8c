"""Every email that is written: its words, its bytes, and what the week has to tell."""
