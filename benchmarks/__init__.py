"""Side by side against named peers, in one run, as ratios: ``python -m benchmarks``."""
