using System.Globalization;
using Lading.Http;
using Lading.Registry.Credentials;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>The connections, time limits and user logins that the registries of a run share.</summary>
/// <param name="variable">Returns an environment variable; null if it is not set.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Adds jitter to the delays between attempts.</param>
/// <param name="log">Receives each request; null for none.</param>
internal sealed class RegistryConnections(
    Func<string, string?> variable,
    TimeProvider time,
    Random random,
    Action<string>? log
) : IDisposable
{
    private const string PatienceVariable = "LADING_PATIENCE";
    private const int MaximumPatience = 3600;

    private readonly Lazy<HttpConnections> http = new(() =>
        HttpConnections.Create(ProxyResolver.Read(variable, HttpClient.DefaultProxy))
    );

    public HttpConnections Http => http.Value;

    /// <summary>Receives each request; null for none.</summary>
    public Action<string>? Log => log;

    /// <summary>How often requests are retried.</summary>
    /// <exception cref="LadingException">The variable with the time limit is not a number of seconds.</exception>
    public RetrySchedule Schedule
    {
        get
        {
            var schedule = new RetrySchedule(time, random);
            return variable(PatienceVariable) is { } seconds
                ? schedule with
                {
                    Inactivity = PatienceOf(seconds),
                }
                : schedule;
        }
    }

    /// <summary>The logins of the user's own tools.</summary>
    public DockerConfiguration Logins =>
        DockerConfiguration.OfUser(variable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    public void Dispose()
    {
        if (http.IsValueCreated)
        {
            http.Value.Dispose();
        }
    }

    private static TimeSpan PatienceOf(string seconds) =>
        int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and <= MaximumPatience
            ? TimeSpan.FromSeconds(number)
            : throw LadingException.Usage(
                $"Could not understand {PatienceVariable}",
                $"'{seconds}' is not a number of seconds from 1 to {MaximumPatience}",
                "It says after how many seconds without a byte a connection is given up."
            );
}
