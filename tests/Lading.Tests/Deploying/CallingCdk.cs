using Lading.Configuration;
using Lading.Deploying;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Deploying;

/// <summary>A deployment reports to a listener: no console is needed.</summary>
public sealed class CallingCdk : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_command_is_reported_and_a_failure_has_its_exit_code()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        var listener = new DeployListener();
        var caller = new CallingProcess { WorkingDirectory = folder.Path, Variable = _ => null };
        var calls = new CdkCalls(
            new CdkProgram("sh", ["-c", "exit 4", "cdk"], null),
            folder.Path,
            new EnvironmentDefinition { Name = "dev", Profile = "shop-dev" },
            folder.Combine("dev.lock.json"),
            CdkOptions.Read([]),
            new CdkHost(caller, _ => true, TextWriter.Null),
            listener
        );

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            calls.DeployAsync(folder.Path, ["Shop"], isWatched: true, TestContext.Current.CancellationToken)
        );

        Assert.Contains("exit code 4", failure.Message, StringComparison.Ordinal);
        Assert.Contains("deploy Shop", Assert.Single(listener.Calls), StringComparison.Ordinal);
        Assert.Contains("--profile shop-dev", listener.Calls[0], StringComparison.Ordinal);
    }
}
