"""From a source system's export to a package, over a carrier, into the store."""
