"""Image assets: what LadingSynthesizer makes of them."""
