using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

[Collection(TypeScriptApps.Name)]
public sealed class MovingTypeScriptAssetsOver(DeployedAlone alone, ContainerEngines engines)
    : MovingAssets(alone.App, engines)
{
    private protected override string Prepare(DeployedApp app) => AssetApps.PrepareTypeScript(app);
}
