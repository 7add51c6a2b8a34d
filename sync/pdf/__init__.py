"""PDF and print folders: kept whole, tied to date, route and citizen by the site's name patterns, their words read."""
