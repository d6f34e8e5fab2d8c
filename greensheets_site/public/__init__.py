"""The front page, the pages that staff edit, error pages, and what every page and every crawler is told."""
