"""Who is written to: joining, leaving, bounces, imports, and what is deleted when."""
