"""For tests, ours and those of your own classes: tiny networks, and the contract checks of every noun."""
