using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>As with C#, by <c>lading-cdk</c>.</summary>
[Collection(TypeScriptApps.Name)]
[Trait("Run", "long")]
public sealed class TwoEnvironmentsInOneTypeScriptApp(DeployedAlone alone, ContainerEngines engines)
    : TwoEnvironmentsInOneApp(alone.App, engines)
{
    private protected override string Prepare(DeployedApp app) =>
        AssetApps.PrepareTypeScript(app, "two-environments.ts");
}
