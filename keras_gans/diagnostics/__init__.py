"""What goes wrong in a game, measured: gradients, scores, diversity, alarms on them, and a report."""
