"""Answers to a pathway's questions, how they change, and the files that keep them."""
