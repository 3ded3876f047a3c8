"""Parts and their stock."""
