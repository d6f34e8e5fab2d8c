"""Backups: database and media as one set, kept in a folder or in object storage, put back and rehearsed by one command each."""
