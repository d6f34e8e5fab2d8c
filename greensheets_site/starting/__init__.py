"""What must be right before the site starts: the variables, what is wrong with them, and the proxy in front."""
