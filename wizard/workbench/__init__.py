"""What maintainers edit with: comparing, covering, mutating and searching whole pathways.

Works on pathways, cases and their functions; prints nothing but signs of life.
"""
