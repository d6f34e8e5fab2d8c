"""An installation rehearsed: a bare system in a folder, deploy/install in it, a site that is used, wrecked and brought back."""
