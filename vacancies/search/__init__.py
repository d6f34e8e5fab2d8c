"""Finds live adverts: what was typed becomes a query, and the query becomes a page of results with counts."""
