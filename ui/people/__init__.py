"""People, the first start, the own secrets."""
