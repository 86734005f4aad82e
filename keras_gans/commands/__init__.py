"""The commands of `keras-gans`, one file each; what they do is in the package."""
