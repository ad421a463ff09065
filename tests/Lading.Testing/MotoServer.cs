using System.Text.RegularExpressions;
using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>
/// moto, a stand-in for AWS, on a free loopback port; started when the first test of an assembly needs it.
/// </summary>
public sealed partial class MotoServer : IAsyncDisposable
{
    /// <summary>moto's default account.</summary>
    public const string Account = "123456789012";

    /// <summary>A region like any other.</summary>
    public const string Region = "ap-northeast-1";

    private readonly SemaphoreSlim one = new(1, 1);
    private RunningServer? server;
    private Uri? address;

    /// <summary>Starts it if necessary; skips the test if the machine has no moto.</summary>
    /// <returns><c>http://127.0.0.1:PORT/</c>.</returns>
    public async Task<Uri> RequireAsync()
    {
        await one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (address is null)
            {
                await Requires.MotoAsync();
                var call = new ProgramCall("python3", "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0");
                (server, var said) = await RunningServer.StartAsync(call, Running());
                address = new Uri(said);
            }

            return address;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Environment variables that make every AWS client call it and nothing else.</summary>
    public async Task<IReadOnlyDictionary<string, string>> VariablesAsync() =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = (await RequireAsync()).GetLeftPart(UriPartial.Authority),
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_REGION"] = Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        one.Dispose();
    }

    [GeneratedRegex(
        @"Running on (?<said>http://127\.0\.0\.1:\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Running();
}
