"""A JDK as an oracle: what the real portal's validator says of a file."""
