"""A portal whose processes are killed at random moments, and a ledger of what it acknowledged."""
