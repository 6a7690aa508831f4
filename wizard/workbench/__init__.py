"""For maintainers: comparison, coverage, mutants and deep check of whole pathways.

Works on pathways, cases and their functions; prints nothing but a sign of life.
"""
