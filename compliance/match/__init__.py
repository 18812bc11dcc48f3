"""Documents become disclosures: which topics a place shows, for which years, how strongly, and why."""
