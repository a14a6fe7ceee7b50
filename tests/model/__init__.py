"""A portal beside a simple model of it, which says what each step must lead to."""
