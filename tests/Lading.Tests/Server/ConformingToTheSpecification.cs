using Lading.Testing;
using Lading.Testing.Conformance;

namespace Lading.Tests.Server;

/// <summary>Every assertion of the distribution specification's conformance suite, over HTTP.</summary>
public sealed class ConformingToTheSpecification : IClassFixture<ConformingToTheSpecification.Served>
{
    private readonly Served served;

    public ConformingToTheSpecification(Served served) => this.served = served;

    public static TheoryData<string> Cases => [.. ConformanceCase.All.Select(found => found.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_registry_conforms(string name) => ConformanceCase.Get(name).CheckAsync(served.Registry.Http);

    /// <summary>One registry for all cases; each case has its own repository.</summary>
    public sealed class Served : IAsyncLifetime
    {
        internal TestRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Registry = await TestRegistry.StartAsync();

        public ValueTask DisposeAsync() => Registry.DisposeAsync();
    }
}
