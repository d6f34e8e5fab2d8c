"""Whether all is well, said to whoever asks (/healthz, /metrics, logs) and to whoever must act before it is asked (emails)."""
