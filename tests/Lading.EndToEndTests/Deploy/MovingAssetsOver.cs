using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

[Collection(DeployedApps.Name)]
public sealed class MovingAssetsOver(DeployedApp app, ContainerEngines engines) : MovingAssets(app, engines)
{
    private protected override string Prepare(DeployedApp app) =>
        $"dotnet {SourceTree.PathOf("tests/Lading.AssetApp/bin/Debug/net10.0/Lading.AssetApp.dll")}";
}
