using Amazon.CDK;

namespace Lading.Cdk.Assets;

/// <summary>An image asset, and what it is.</summary>
/// <param name="Published">Where it is already, by its digest; null if it has to be looked for, and perhaps built, at deployment.</param>
/// <param name="Source">What it is built from, under its identity.</param>
internal sealed record IdentifiedAsset(IDockerImageAssetLocation? Published, IDockerImageAssetSource Source);
