"""What both places are drawn with: rows, panes, edges, the palette, and small questions."""
