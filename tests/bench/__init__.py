"""What `make bench` measures: ratios within one run, medians with spread, never a test that can fail."""
