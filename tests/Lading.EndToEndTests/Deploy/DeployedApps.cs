namespace Lading.EndToEndTests.Deploy;

/// <summary>One cloud, bootstrapped once, for all tests that deploy, which run one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class DeployedApps : ICollectionFixture<DeployedApp>
{
    public const string Name = "deployed";
}
