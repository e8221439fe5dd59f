"""Persian text, pure Python: offsets, freezing, folding, tokens, snapping, segments."""
