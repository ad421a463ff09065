"""What needs no CDK: files, environments, records. The layout mirrors Lading.Core."""
