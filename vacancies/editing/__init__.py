"""What staff do to an advert: fill in its form, fix its problems, move it, run it again, withdraw it."""
