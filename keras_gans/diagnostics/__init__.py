"""What goes wrong in a game, measured: gradients, scores, diversity, and the experiment on vanishing gradients."""
