namespace Lading.Tests.Cdk;

/// <summary>jsii is one Node process with one conversation: what speaks to it runs in turn.</summary>
[CollectionDefinition(Name)]
public sealed class JsiiCollection : ICollectionFixture<JsiiCollection.Quiet>
{
    public const string Name = "jsii";

    /// <summary>Keeps Node's age out of the output of the tests.</summary>
    public sealed class Quiet
    {
        public Quiet() =>
            System.Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "18,20,22");
    }
}
