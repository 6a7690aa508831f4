"""The wizard line by line: questions on standard output, replies on standard input.

For screen readers, pipes and terminals without a full screen: no box, no colour, no control code,
and every sign has a word beside it.
"""
