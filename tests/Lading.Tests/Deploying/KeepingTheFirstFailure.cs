using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Deploying;
using Lading.Fingerprints;
using Lading.Leases;
using Lading.Running.Evidence;
using Lading.Running.Verifying;
using Lading.Shipping;
using Lading.Testing;
using Lading.Tests.Leases;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>
/// A fault beside a deployment, in its watch or its lease, never hides how the deployment itself ended.
/// </summary>
public sealed class KeepingTheFirstFailure : IDisposable
{
    private readonly RunningWorld world = new();
    private readonly TestAssembly assembly = new();

    public void Dispose()
    {
        assembly.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task A_failure_of_cdk_is_reported_even_if_the_watch_and_the_lease_fail()
    {
        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            RunAsync(async _ =>
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
                throw new LadingException("Could not deploy", "cdk ended with exit code 4", "");
            })
        );

        Assert.Equal("cdk ended with exit code 4", failure.CameBack);
    }

    [Fact]
    public async Task A_fault_in_the_watch_itself_is_not_a_success() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(_ => Task.CompletedTask));

    private async Task<VerificationReport?> RunAsync(Func<CancellationToken, Task> deploy)
    {
        var plan = RunningWorld.Shop(world.Image("shop/web", 'a'));
        world.Aws.Stacks.Deploy(plan);
        assembly.Stack("Shop", plan.Template().ToJsonString());
        using var accounts = new DeployAccounts(
            // The first read succeeds; later ones fail in an unforeseen way.
            new ScriptedGathering(
                (environment, owns, look) =>
                    look == 1
                        ? world.Gathering.ReadDeploymentAsync(
                            environment,
                            owns,
                            null,
                            TestContext.Current.CancellationToken
                        )
                        : throw new InvalidOperationException("nobody thought of this")
            ),
            _ => new BrokenLeases(world.OpenLeases()),
            store => new Leasing(store, new LeaseListener(), TimeProvider.System, new Random(1)),
            new LeaseListener()
        );
        return await new WatchedDeployment(
            accounts,
            RunningWorld.Environment,
            CloudAssembly.Read(assembly.Folder).Stacks,
            new DeployRequest(new PublishRequest(new SnapshotRequest([])), [], CdkOptions.Read([]), IsDry: false)
            {
                VerifyFor = TimeSpan.FromMinutes(1),
            },
            isTold: true,
            new DeployListener(),
            TimeProvider.System
        ).RunAsync(deploy, TestContext.Current.CancellationToken);
    }

    /// <summary>Takes leases, and fails when they are released.</summary>
    private sealed class BrokenLeases(ILeaseStore inner) : ILeaseStore
    {
        public string Selector => inner.Selector;

        public Task<string> WhoAsync(CancellationToken cancellationToken) => inner.WhoAsync(cancellationToken);

        public Task<long?> CreateAsync(string stack, string text, CancellationToken cancellationToken) =>
            inner.CreateAsync(stack, text, cancellationToken);

        public Task<long> ReplaceAsync(string stack, string text, CancellationToken cancellationToken) =>
            inner.ReplaceAsync(stack, text, cancellationToken);

        public Task<StoredLease?> FindAsync(string stack, long? version, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nobody thought of this either");

        public Task DeleteAsync(string stack, CancellationToken cancellationToken) =>
            inner.DeleteAsync(stack, cancellationToken);

        public Task<string?> FindStarterAsync(StackEvidence stack, CancellationToken cancellationToken) =>
            inner.FindStarterAsync(stack, cancellationToken);

        public void Dispose() => inner.Dispose();
    }
}
