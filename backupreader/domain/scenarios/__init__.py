"""Scenarios: an outage played through in 20 minutes, whose right answers are those of the municipality's own plan."""
