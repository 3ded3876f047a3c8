"""Units that go to other depots, and come from them."""
