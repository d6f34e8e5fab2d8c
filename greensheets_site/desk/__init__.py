"""The back office as a whole: its first page, its charts, the versions of a row, and the preview of an advert."""
