"""What others send in: opened in a child process with limits, and written anew without anything active, or refused in words."""
