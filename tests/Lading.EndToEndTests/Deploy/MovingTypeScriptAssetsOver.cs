using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>As with C#: the synthesizer asks <c>lading identify</c>, so the identities are the same.</summary>
[Collection(TypeScriptApps.Name)]
[Trait("Run", "long")]
public sealed class MovingTypeScriptAssetsOver(DeployedAlone alone, ContainerEngines engines)
    : MovingAssets(alone.App, engines)
{
    private protected override string Prepare(DeployedApp app) => AssetApps.PrepareTypeScript(app);
}
