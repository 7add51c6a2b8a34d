"""Rules that the program ships: examples, for a municipality to make its own of. `rulefile` reads them."""
