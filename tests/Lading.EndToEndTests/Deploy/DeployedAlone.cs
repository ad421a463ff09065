using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>
/// A cloud of its own for tests that begin with nothing deployed: in a shared one, their stacks of the same name would
/// collide.
/// </summary>
public sealed class DeployedAlone : IAsyncLifetime
{
    private readonly MotoServer moto = new();

    public DeployedAlone() => App = new DeployedApp(moto);

    public DeployedApp App { get; }

    public ValueTask InitializeAsync() => App.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await moto.DisposeAsync();
    }
}
