"""From the rows of an edition to its PDFs: what is due, what the press is given, and what happens to the result."""
