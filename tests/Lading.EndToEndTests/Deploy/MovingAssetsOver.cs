using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

[Collection(DeployedApps.Name)]
public sealed class MovingAssetsOver(DeployedApp app, ContainerEngines engines) : MovingAssets(app, engines)
{
    private protected override string Prepare(DeployedApp app) => AssetApps.CSharp;
}
