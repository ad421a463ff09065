namespace Lading.EndToEndTests.Deploy;

public sealed class BeginningWithRepositoriesInCSharp(DeployedAlone alone)
    : BeginningWithRepositories(alone),
        IClassFixture<DeployedAlone>
{
    private protected override SampleApp Sample => SampleApp.CSharp;
}
