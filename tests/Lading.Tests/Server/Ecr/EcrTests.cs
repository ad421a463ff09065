using Lading.Server;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

/// <summary>A new registry for each test of the ECR API.</summary>
public abstract class EcrTests : IAsyncLifetime
{
    private protected const string Account = "111111111111";

    private protected TestRegistry Registry { get; private set; } = null!;

    private protected EcrWire Ecr { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Registry = await TestRegistry.StartAsync(new RegistryServerOptions { Account = Account });
        Ecr = new EcrWire(Registry);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Registry.DisposeAsync();
    }
}
