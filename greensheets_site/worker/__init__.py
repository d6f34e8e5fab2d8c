"""The worker: its rounds, its duties, and how others know that it is alive."""
