"""A rehearsal of an installation: a bare system in a folder, deploy/install in it, and a site that is used, wrecked and brought back."""
