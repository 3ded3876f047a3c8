"""Import: a list of returned units, what its columns mean, what would become of each row; imports so far."""
