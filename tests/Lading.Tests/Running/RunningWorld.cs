using Lading.Aws;
using Lading.Aws.Running;
using Lading.Configuration;
using Lading.Http;
using Lading.Leases;
using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Timelines;
using Lading.Running.Verifying;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>An account that a test deploys to, and its status.</summary>
internal sealed class RunningWorld : IDisposable
{
    public const string Account = "222222222222";
    public const string Region = "eu-central-1";

    private readonly HttpConnections http;
    private readonly EnvironmentGathering reading;
    private readonly Func<EnvironmentDefinition, AwsSession> open;
    private readonly Dictionary<string, string> variables;

    /// <param name="age">How long ago the account's time begins; a week by default.</param>
    public RunningWorld(TimeSpan? age = null)
    {
        var time = new ManualTime();
        Aws = new TestAws(Account, Region, time.GetUtcNow() - (age ?? TimeSpan.FromDays(7)));
        http = HttpConnections.Create(ProxyResolver.None, _ => Aws);
        variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        open = environment => Open(environment, TestClient.AtOnce);
        reading = new EnvironmentGathering(open, TimeProvider.System);
    }

    public TestAws Aws { get; }

    public static EnvironmentDefinition Environment { get; } =
        new()
        {
            Name = "prod",
            Account = Account,
            Region = Region,
        };

    public IEnvironmentGathering Gathering => reading;

    public ILeaseStore OpenLeases() => new ParameterLeases(open(Environment));

    /// <summary>Adds an image, identified by a letter, to a repository in ECR: <c>web@sha256:aaa…</c>.</summary>
    public string Image(string repository, char letter, string? revision = null)
    {
        var digest = Digest(letter);
        Aws.Images[(repository, digest)] = revision is null ? [] : [$"git-{revision}"];
        return $"{Aws.Host}/{repository}@{digest}";
    }

    public static string Digest(char letter) => $"sha256:{new string(letter, 64)}";

    public static StackPlan Shop(string image, int desired = 2, bool hasBreaker = false) =>
        new(
            "Shop",
            new Dictionary<string, ServicePlan> { ["Web"] = Service(image, desired) with { HasBreaker = hasBreaker } }
        );

    public static ServicePlan Service(string image, int desired = 2) =>
        new(desired, new Dictionary<string, string> { ["web"] = image });

    /// <param name="patient">Whether it waits as long between tries as it does for users.</param>
    public async Task<EnvironmentStatus> StatusAsync(bool patient = false)
    {
        var schedule = new RetrySchedule(TimeProvider.System, new Random(1));
        using var waiting = patient
            ? new EnvironmentGathering(environment => Open(environment, schedule), TimeProvider.System)
            : null;
        var evidence = await (waiting ?? reading).ReadAsync(
            Environment,
            _ => true,
            [],
            TestContext.Current.CancellationToken
        );
        return RunningRules.Of(evidence);
    }

    /// <summary>
    /// What runs, and what ran before; only the calls for the latter stay in <see cref="TestAws.Calls"/>.
    /// </summary>
    public async Task<WorldPast> PastAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var report = await new StatusRun(reading, null, "", TimeProvider.System).RunAsync([Environment], token);
        Aws.Calls.Clear();
        return new WorldPast(report, await new StatusHistoryRun(reading, null).RunAsync([Environment], report, token));
    }

    /// <summary>Verifies the account's stacks; time passes in the account while the verification waits.</summary>
    public Task<VerificationReport> VerifyAsync(
        IVerificationProgress progress,
        TimeSpan? limit = null,
        IReadOnlyList<string>? names = null,
        CancellationToken? cancellationToken = null
    ) =>
        new Verification(
            reading,
            Environment,
            new VerifiedStacks(names ?? [], new StackScope(Environment, null)),
            progress,
            new PassingTime(Aws)
        ).RunAsync(limit ?? Verification.DefaultLimit, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>The evidence of a stack's past.</summary>
    public Task<HistoryEvidence> HistoryAsync(string stack) =>
        reading.ReadHistoryAsync(
            new EnvironmentDefinition
            {
                Name = "prod",
                Account = Account,
                Region = Region,
            },
            _ => true,
            stack,
            TestContext.Current.CancellationToken
        );

    public async Task<ContainerVerdict> OnlyAsync() => Assert.Single((await StatusAsync()).Containers);

    public void Dispose()
    {
        reading.Dispose();
        http.Dispose();
        Aws.Dispose();
    }

    private AwsSession Open(EnvironmentDefinition environment, RetrySchedule schedule) =>
        new(AwsSettings.For(environment, variables.GetValueOrDefault), http, schedule, [environment.Account!]);
}
