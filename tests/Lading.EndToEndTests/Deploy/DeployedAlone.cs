using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>A cloud of its own for tests that begin where nothing was deployed: stacks of one name in one account would meet in a shared one.</summary>
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
