"""Example plans, one folder each, for a municipality to make its own of. `planfile` reads them."""
