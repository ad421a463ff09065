"""Image assets, for LadingSynthesizer."""
