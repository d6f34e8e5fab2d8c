"""Demo content: a believable site from nothing, the same each time. Schools and people are invented; places are real ones."""
