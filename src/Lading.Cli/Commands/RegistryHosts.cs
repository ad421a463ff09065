using System.Globalization;
using Lading.Aws;
using Lading.Aws.Ecr;
using Lading.Configuration;
using Lading.Http;
using Lading.Oci;
using Lading.Registry;
using Lading.Registry.Credentials;
using Lading.Registry.Transport;

namespace Lading.Cli.Commands;

/// <summary>Registries by their hosts, each opened once, over connections that all share.</summary>
internal sealed class RegistryHosts(Invocation invocation) : IDisposable
{
    private const string PatienceVariable = "LADING_PATIENCE";
    private const int MostPatience = 3600;

    private readonly Dictionary<string, DistributionRegistry> hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EcrRegistry> ecr = new(StringComparer.Ordinal);
    private readonly Lazy<HttpConnections> http = new(() =>
        HttpConnections.Create(ProxyResolver.Read(invocation.Host.Variable, HttpClient.DefaultProxy))
    );

    public HttpConnections Http => http.Value;

    /// <summary>How often requests are tried.</summary>
    public RetrySchedule Schedule
    {
        get
        {
            var schedule = new RetrySchedule(invocation.Host.Time, invocation.Host.Random);
            return invocation.Host.Variable(PatienceVariable) is { } seconds
                ? schedule with
                {
                    Inactivity = PatienceOf(seconds),
                }
                : schedule;
        }
    }

    /// <summary>Told each request with <c>--verbose</c>; else null.</summary>
    public Action<string>? Log => invocation.Verbose ? invocation.Terminal.Narrate : null;

    /// <summary>The logins of the user's own tools.</summary>
    public DockerConfiguration Logins =>
        DockerConfiguration.OfUser(
            invocation.Host.Variable,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
        );

    /// <summary>A registry by its host, with the user's own logins.</summary>
    public DistributionRegistry Open(string host, bool insecure = false)
    {
        lock (hosts)
        {
            if (!hosts.TryGetValue(host, out var registry))
            {
                var address = RegistryAddress.Of(host, insecure);
                registry = new DistributionRegistry(new RegistryTransport(address, Http, Logins, Schedule, Log));
                hosts.Add(host, registry);
            }

            return registry;
        }
    }

    /// <summary>
    /// A registry that no environment names: ECR by its own interface, with the user's AWS credentials, unless there is a login
    /// as for any other registry.
    /// </summary>
    /// <param name="host">Its host.</param>
    /// <param name="profile">The AWS profile; null for the default credentials.</param>
    /// <param name="insecure">Whether it is spoken to over plain HTTP.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IImageRegistry> OpenAnyAsync(
        string host,
        string? profile,
        bool insecure,
        CancellationToken cancellationToken
    )
    {
        if (
            !EcrAddress.TryParse(host, out var address)
            || await Logins.FindAsync(host, renew: false, cancellationToken).ConfigureAwait(false) is not null
        )
        {
            return Open(host, insecure);
        }

        lock (hosts)
        {
            if (!ecr.TryGetValue(host, out var registry))
            {
                registry = CreateEcr(host, address, profile);
                ecr.Add(host, registry);
            }

            return registry;
        }
    }

    public void Dispose()
    {
        foreach (var registry in hosts.Values.Concat<IDisposable>(ecr.Values))
        {
            registry.Dispose();
        }

        if (http.IsValueCreated)
        {
            http.Value.Dispose();
        }
    }

    /// <exception cref="LadingException">It is no number of seconds.</exception>
    private static TimeSpan PatienceOf(string seconds) =>
        int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and <= MostPatience
            ? TimeSpan.FromSeconds(number)
            : throw LadingException.Usage(
                $"Could not understand {PatienceVariable}",
                $"'{seconds}' is no number of seconds from 1 to {MostPatience}",
                "It says after how many seconds without a byte a connection is given up."
            );

    private EcrRegistry CreateEcr(string host, EcrAddress address, string? profile)
    {
        var environment = new EnvironmentDefinition
        {
            Name = host,
            Account = address.Account,
            Region = address.Region,
            Profile = profile,
        };
        var settings = AwsSettings.For(environment, invocation.Host.Variable, invocation.Terminal.AskCode);
        var client = new AwsClient(settings, Http, Schedule, Log);
        return new EcrRegistry(client, account: null, address.Account, Http, Schedule, Log);
    }
}
