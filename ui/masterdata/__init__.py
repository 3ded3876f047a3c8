"""What the lists of customers, products and parts have in common."""
