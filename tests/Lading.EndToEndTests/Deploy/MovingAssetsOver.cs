using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>As with TypeScript: the synthesizer calls <c>lading identify</c>, so the identities are the same.</summary>
[Collection(DeployedApps.Name)]
[Trait("Run", "long")]
public sealed class MovingAssetsOver(DeployedApp app, ContainerEngines engines) : MovingAssets(app, engines)
{
    private protected override string Prepare(DeployedApp app) => AssetApps.CSharp;
}
