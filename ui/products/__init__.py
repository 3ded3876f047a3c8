"""Products: the list, the product, its test sheet."""
