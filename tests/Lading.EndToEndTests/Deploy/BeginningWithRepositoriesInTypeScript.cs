namespace Lading.EndToEndTests.Deploy;

/// <summary>The same order with an app in TypeScript.</summary>
[Trait("Run", "long")]
public sealed class BeginningWithRepositoriesInTypeScript(DeployedAlone alone)
    : BeginningWithRepositories(alone),
        IClassFixture<DeployedAlone>
{
    private protected override SampleApp Sample
    {
        get
        {
            SampleApp.RequireTypeScript();
            return SampleApp.TypeScript;
        }
    }
}
