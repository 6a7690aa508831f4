"""An assessment as sentences and rows: plain text, shared by the screen, the line-by-line wizard
and the reports.

Nothing here knows a factor, option or disease: every name comes from the pathway.  Nothing here
lays out, wraps or marks up.
"""
