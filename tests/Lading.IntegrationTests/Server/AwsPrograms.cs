using Lading.Processes;
using Lading.Server;
using Lading.Testing;

namespace Lading.IntegrationTests.Server;

/// <summary>
/// The embedded registry, and programs that take it for AWS: through environment variables, and with nothing of this
/// machine's own.
/// </summary>
internal sealed class AwsPrograms : IAsyncDisposable
{
    public const string Account = "111111111111";
    public const string Region = "eu-west-1";
    private readonly TestFolder folder = new();

    private AwsPrograms(TestRegistry registry) => Registry = registry;

    public TestRegistry Registry { get; }

    /// <summary>A folder for a test's files.</summary>
    public TestFolder Folder => folder;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<AwsPrograms> StartAsync() =>
        new(await TestRegistry.StartAsync(new RegistryServerOptions { Account = Account }));

    /// <summary>Runs a program, which must succeed.</summary>
    /// <returns>Its output.</returns>
    public async Task<string> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        var result = await TryAsync(new ProgramCall(program, arguments));
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.Text}\n{result.Error}");
        return result.Text;
    }

    /// <summary>Runs a program to its end.</summary>
    public Task<ProgramResult> TryAsync(ProgramCall call, string input = "") =>
        ProgramRunner.RunAsync(
            call with
            {
                WorkingDirectory = call.WorkingDirectory ?? folder.Path,
                Environment = Variables(),
            },
            System.Text.Encoding.UTF8.GetBytes(input),
            Cancellation
        );

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        folder.Dispose();
    }

    private Dictionary<string, string?> Variables() =>
        new(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = $"http://{Registry.Host}",
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_REGION"] = Region,
            ["AWS_DEFAULT_REGION"] = Region,
            ["AWS_PROFILE"] = null,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_PAGER"] = "",
            ["DOCKER_CONFIG"] = folder.Combine("docker-config"),
            ["REGISTRY_AUTH_FILE"] = folder.Combine("auth.json"),
        };
}
