"""Reads what a school sent: the facts of its advert, each with the phrase that states it, and the lines that are no advert."""
