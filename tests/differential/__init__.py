"""The quick ways of reading a flux, proved by an exact one over generated files."""
