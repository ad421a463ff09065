namespace Lading.EndToEndTests.Deploy;

/// <summary>One cloud, bootstrapped once, for all tests that deploy; they take turns.</summary>
[CollectionDefinition(Name)]
public sealed class DeployedApps : ICollectionFixture<DeployedApp>
{
    public const string Name = "deployed";
}
