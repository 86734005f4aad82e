"""Benchmarks, each runnable by `keras-gans bench`."""
