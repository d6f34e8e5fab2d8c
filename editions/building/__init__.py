"""From the rows of an edition to its PDFs: what is due, what the press is handed, and what becomes of it."""
