using Lading.Engines;
using Lading.Http;
using Lading.Registry;
using Lading.Registry.Credentials;
using Lading.Registry.Transport;

namespace Lading.Cli.Docker;

/// <summary>The logins that the CDK passes: they are verified, stored for later calls, and passed to engines.</summary>
/// <param name="host">The environment.</param>
/// <param name="folders">The folders of <c>lading-docker</c>.</param>
/// <param name="configuration">The folder that the CDK uses instead of the user's <c>~/.docker</c>; null for none.</param>
internal sealed class DockerLogins(Host host, DockerFolders folders, string? configuration)
{
    /// <summary>The stored logins, then the user's own.</summary>
    public SavedLogins Saved =>
        new(
            folders.Logins,
            host.Time,
            DockerConfiguration.OfUser(
                name => name == "DOCKER_CONFIG" && configuration is not null ? configuration : host.Variable(name),
                DockerFolders.Home
            )
        );

    /// <summary>Accepts a login with its password on standard input.</summary>
    /// <remarks>A login that the registry rejects is not stored: the following push would fail without a visible reason.</remarks>
    /// <exception cref="LadingException">The registry does not answer, or rejects the login.</exception>
    public async Task TakeAsync(string server, string user, CancellationToken cancellationToken)
    {
        var text = await host.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        var login = new RegistryLogin { User = user, Password = text.TrimEnd('\r', '\n') };
        var registry = HostOf(server);
        using var http = HttpConnections.Create(ProxyResolver.Read(host.Variable, HttpClient.DefaultProxy));
        // A login should be quick: one retry is enough for a transient failure.
        var schedule = new RetrySchedule(host.Time, host.Random) { Tries = 2 };
        using var transport = new RegistryTransport(
            RegistryAddress.Of(registry),
            http,
            new GivenLogin(login),
            schedule
        );
        await transport.SendAsync(new CheckLogin(registry), cancellationToken).ConfigureAwait(false);
        Saved.Save(registry, login);
    }

    /// <summary>
    /// Passes the logins to an engine: the registry that the CDK logs in to may also have the Dockerfile's base images.
    /// </summary>
    public async Task<EngineLogins> HandOverAsync(Engine engine, CancellationToken cancellationToken)
    {
        var given = await Saved.ListAsync(cancellationToken).ConfigureAwait(false);
        return EngineLogins.Write(engine, given, configuration, host.Variable, DockerFolders.Home);
    }

    private static string HostOf(string server) =>
        server
            .Replace("https://", "", StringComparison.Ordinal)
            .Replace("http://", "", StringComparison.Ordinal)
            .TrimEnd('/');
}

/// <summary>A login that was just given, and no other.</summary>
internal sealed class GivenLogin(RegistryLogin login) : IRegistryCredentials
{
    public Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken) =>
        Task.FromResult<RegistryLogin?>(login);
}
