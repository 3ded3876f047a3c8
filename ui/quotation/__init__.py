"""Money with the customer: quote, send, record the answer."""
