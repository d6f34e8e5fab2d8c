"""The child process that sets type: it is given a folder, knows no database, and has given up the network."""
