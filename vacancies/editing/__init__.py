"""What staff do to an advert: fill in its form, mend its problems, move it, run it again, withdraw it."""
