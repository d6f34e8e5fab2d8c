"""Schools and adverts from tables that others made: read whole, reported line by line, stored all or nothing."""
