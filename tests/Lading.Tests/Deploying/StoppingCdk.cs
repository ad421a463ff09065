using Lading.Cli;
using Lading.Cli.Commands;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Deploying;
using Lading.Testing;

namespace Lading.Tests.Deploying;

public sealed class StoppingCdk : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stopping_a_deployment_says_that_CloudFormation_goes_on(bool deploys)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals.");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var error = new StringWriter();
        var host = new Host
        {
            Out = TextWriter.Null,
            Error = error,
            In = TextReader.Null,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            WorkingDirectory = folder.Path,
        };
        var terminal = new Terminal(host);
        var invocation = new Invocation(host, terminal, Verbs.Root(host, terminal).Parse(["deploy", "--env", "dev"]));
        var started = folder.Combine("started");
        var calls = new CdkCalls(
            new CdkProgram("sh", ["-c", $"touch {started}; exec sleep 60"], null),
            folder.Path,
            new EnvironmentDefinition { Name = "dev" },
            folder.Combine("dev.lock.json"),
            CdkOptions.Read([]),
            invocation.CdkHost(),
            new DeployScreen(invocation, invocation)
        );

        var running = deploys
            ? calls.DeployAsync(folder.Path, ["Shop"], isWatched: false, cancellation.Token)
            : calls.CompareAsync(folder.Path, ["Shop"], cancellation.Token);
        while (!File.Exists(started))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(deploys, error.ToString().Contains("CloudFormation was not", StringComparison.Ordinal));
    }
}
