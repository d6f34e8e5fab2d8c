"""What readers, feed readers and search engines see of adverts."""
