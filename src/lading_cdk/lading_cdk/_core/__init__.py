"""Files, environments and records, without the CDK. The layout mirrors Lading.Core."""
