"""The rules of the house, each with a way to break it that a test must notice; ``bin/mutants`` breaks them one at a time.

A file of this folder is a table for one room. Under the name of a module stand its rules: the promise in words, what stands in
the module, what stands there instead when the rule is broken, and, where it is not the module's own tests that should notice,
which ones. Names of tests are relative to ``tests/``. Whatever ``tests`` names is run for each rule of that module.
"""
