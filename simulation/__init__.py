"""What the simulated sites have in common."""
