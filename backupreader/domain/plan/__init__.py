"""The plan: the municipality's contingency plan, as values, and the rules that read it. See `plan`."""
