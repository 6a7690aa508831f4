"""The wizard line by line: questions on standard output, replies on standard input.

For screen readers, pipes and terminals without a full screen: without boxes, colours or control
codes, and with a word beside every sign.
"""
