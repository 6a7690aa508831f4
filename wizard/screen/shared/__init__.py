"""What both places are drawn with: rows, panes, edges, the search, and small questions."""
