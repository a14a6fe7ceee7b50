"""The pages in a real browser: what people do with them, how they look, and who can use them."""
