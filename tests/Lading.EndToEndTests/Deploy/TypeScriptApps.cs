namespace Lading.EndToEndTests.Deploy;

/// <summary>One cloud, bootstrapped once, for all tests that deploy with TypeScript, which run one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class TypeScriptApps : ICollectionFixture<DeployedAlone>
{
    public const string Name = "deployed with TypeScript";
}
