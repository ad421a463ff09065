using Lading.Engines;
using Lading.Http;
using Lading.Registry;
using Lading.Registry.Credentials;
using Lading.Registry.Transport;

namespace Lading.Cli.Docker;

/// <summary>The logins that the CDK gives: checked when they are given, kept for the steps that follow, handed to engines.</summary>
/// <param name="host">What this runs in.</param>
/// <param name="folders">Where they are kept.</param>
/// <param name="configuration">The folder that the CDK named in place of the user's <c>~/.docker</c>; null for none.</param>
internal sealed class DockerLogins(Host host, DockerFolders folders, string? configuration)
{
    /// <summary>Those that were kept, then the user's own.</summary>
    public SavedLogins Saved =>
        new(
            folders.Logins,
            host.Time,
            DockerConfiguration.OfUser(
                name => name == "DOCKER_CONFIG" && configuration is not null ? configuration : host.Variable(name),
                DockerFolders.Home
            )
        );

    /// <summary>Takes a login whose password comes on standard input.</summary>
    /// <remarks>A login that the registry rejects is not kept: the push that follows would fail for a reason nobody can see.</remarks>
    /// <exception cref="LadingException">The registry does not answer, or does not take it.</exception>
    public async Task TakeAsync(string server, string user, CancellationToken cancellationToken)
    {
        var text = await host.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        var login = new RegistryLogin { User = user, Password = text.TrimEnd('\r', '\n') };
        var registry = HostOf(server);
        using var http = HttpConnections.Create(ProxyResolver.Read(host.Variable, HttpClient.DefaultProxy));
        // Nobody waits long for a login: one more try is for what passes in a moment.
        var schedule = new RetrySchedule(host.Time, host.Random) { Tries = 2 };
        using var transport = new RegistryTransport(
            RegistryAddress.Of(registry),
            http,
            new GivenLogin(login),
            schedule
        );
        await transport.SendAsync(new CheckLogin(registry), cancellationToken).ConfigureAwait(false);
        await Saved.SaveAsync(registry, login, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets an engine have them: the CDK logs in where images are pushed, and a Dockerfile's <c>FROM</c> may be there, too.</summary>
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

/// <summary>A login that somebody just gave, and no other.</summary>
internal sealed class GivenLogin(RegistryLogin login) : IRegistryCredentials
{
    public Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken) =>
        Task.FromResult<RegistryLogin?>(login);
}
