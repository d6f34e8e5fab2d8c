"""Whole public pages in front of Django, exact by a stamp that changes with the content and the clock."""
