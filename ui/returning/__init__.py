"""The way back to the customer."""
