"""Constraints: what the discriminator's weights may be."""
