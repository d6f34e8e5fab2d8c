"""What every page of every room needs, and what knows none of them."""
