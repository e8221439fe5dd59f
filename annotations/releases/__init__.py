"""What is a release made of beside the data? Splits, counts, card, citation, manifest, differences; no Django."""
