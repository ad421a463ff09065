using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

[Collection(DeployedApps.Name)]
public sealed class TwoEnvironmentsInOneCSharpApp(DeployedApp app, ContainerEngines engines)
    : TwoEnvironmentsInOneApp(app, engines)
{
    private protected override string Prepare(DeployedApp app) => AssetApps.CSharp;
}
