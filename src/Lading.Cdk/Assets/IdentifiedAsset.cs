using Amazon.CDK;

namespace Lading.Cdk.Assets;

/// <summary>An identified image asset.</summary>
/// <param name="Published">The published image, by digest; null if it has to be looked up, and possibly built, at deployment.</param>
/// <param name="Source">Its build, with its identity.</param>
internal sealed record IdentifiedAsset(IDockerImageAssetLocation? Published, IDockerImageAssetSource Source);
