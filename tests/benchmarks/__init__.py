"""Measures of the portal beside yardsticks, in the same run."""
