"""The files of a pathway to a checked pathway: the one reader, and everything that it refuses."""
