"""Files with one fault each, mended by following the advice to the letter."""
