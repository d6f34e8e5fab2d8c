"""An object storage in a process of its own, so that its work is not counted as ours: ``python -m bench.bucket``."""
