"""Where files lie: a folder, or a bucket of an object storage that several machines share; both are asked in the same words."""
