"""The archive as readers, feed readers and search engines see it."""
