using Lading.Aws;
using Lading.Aws.Retention;
using Lading.Configuration;
using Lading.Http;
using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Workloads;

namespace Lading.Tests.Retention.Gathering;

/// <summary>An account whose registry is cleaned up, and other accounts that may use it.</summary>
internal sealed class RetentionWorld : IDisposable
{
    public const string Account = "222222222222";
    public const string Region = "eu-central-1";
    public const string Repository = "shop/web";

    private readonly List<HttpConnections> http = [];
    private readonly Dictionary<(string, string), TestAws> accounts = [];
    private readonly DateTimeOffset start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public RetentionWorld() => Aws = Add(Account, Region);

    public TestAws Aws { get; }

    /// <summary>The environment whose registry is cleaned up.</summary>
    public EnvironmentDefinition Environment { get; set; } = Of("prod", Account, Region);

    /// <summary>Other accounts that are asked as well.</summary>
    public List<EnvironmentDefinition> Also { get; } = [];

    /// <summary>Environments that copy from its registry.</summary>
    public List<EnvironmentDefinition> Targets { get; } = [];

    /// <summary>Patterns of repositories to clean up besides those of the project.</summary>
    public List<string> Others { get; } = [];

    /// <summary>Receives the progress of reading.</summary>
    public IRetentionProgress? Progress { get; set; }

    public RetentionPolicy Policy { get; set; } = new();

    public static EnvironmentDefinition Of(string name, string account, string region) =>
        new()
        {
            Name = name,
            Account = account,
            Region = region,
        };

    public static string Digest(char letter) => $"sha256:{new string(letter, 64)}";

    /// <summary>Adds another account or region, which exists whether or not it is asked.</summary>
    public TestAws Add(string account, string region)
    {
        var aws = new TestAws(account, region, start);
        accounts.Add((account, region), aws);
        return aws;
    }

    /// <summary>
    /// Adds an old image of Lading's, identified by a letter, to the registry, and returns its reference by digest.
    /// </summary>
    public string Image(char letter, string repository = Repository)
    {
        Aws.Images[(repository, Digest(letter))] = [Tag(letter)];
        return $"{Aws.Host}/{repository}@{Digest(letter)}";
    }

    /// <summary>The source tag of an image.</summary>
    public static string Tag(char letter) => $"src-{new string(letter, 40)}";

    public async Task<RetentionReport> RunAsync(IReadOnlyList<IUseReader>? readers = null)
    {
        using var reading = Open(readers);
        return await new RetentionRun(reading, Policy).RunAsync(
            Environment.Name,
            Environment.RegistryHost!,
            TestContext.Current.CancellationToken
        );
    }

    public AwsRetentionEvidence Open(IReadOnlyList<IUseReader>? readers = null, ManifestMemory? memory = null)
    {
        var scope = new RetentionScope
        {
            Environment = Environment,
            Accounts = [Environment, .. Also],
            Targets = Targets,
            Repositories = new HashSet<RepositoryName>
            {
                RepositoryName.Parse(Repository),
                RepositoryName.Parse("shop/worker"),
            },
            Others = Others,
        };
        return new AwsRetentionEvidence(scope, readers ?? UseReaders.All(Policy), Open, new AccountTime(Aws))
        {
            Memory = memory,
            Progress = Progress,
        };
    }

    /// <summary>Uses one of everything, so that every call is made.</summary>
    public void UseEverything()
    {
        var aws = Aws;
        const string Others = "docker.io/library/busybox:1";
        var definition = aws.Ecs.Register("web", new Dictionary<string, string> { ["web"] = Others });
        aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = new(1, new Dictionary<string, string> { ["web"] = Others }),
                }
            )
        );
        aws.Ecs.Deploy(aws.Ecs.Services.Single(), definition);
        aws.Workloads.Functions.Add(new TestFunction("resize", Others, Others));
        aws.Workloads.Rules.Add(new TestRule("nightly", [definition.Arn]));
        aws.Workloads.Schedules.Add(new TestSchedule("hourly", definition.Arn));
        aws.Workloads.QueuedJobs.Add(new TestJob("render", Others));
        aws.OtherImages.AppRunner["site"] = Others;
        aws.OtherImages.Models["taste"] = Others;
        aws.OtherImages.Builds["ci"] = Others;
        aws.OtherImages.StateMachines["orders"] = "{}";
    }

    /// <summary>Denies a call, named as in policies.</summary>
    public static void Deny(TestAws aws, string action)
    {
        var (service, operation) = (action.Split(':')[0], action.Split(':')[1]);
        switch (service)
        {
            case "ecs":
                aws.EcsApi.Denied.Add(operation);
                break;
            case "cloudformation" or "ssm":
                aws.StacksApi.Denied.Add(operation);
                break;
            case "ecr":
                aws.Ecr.Denied.Add(operation);
                break;
            case "apprunner" or "sagemaker" or "codebuild" or "states":
                aws.OtherImages.Denied.Add(action);
                break;
            default:
                aws.Workloads.Denied.Add(action);
                break;
        }
    }

    public void Dispose()
    {
        http.ForEach(each => each.Dispose());
        foreach (var aws in accounts.Values)
        {
            aws.Dispose();
        }
    }

    private AwsSession Open(EnvironmentDefinition environment)
    {
        var connections = HttpConnections.Create(
            ProxyResolver.None,
            _ => accounts[(environment.Account!, environment.Region!)]
        );
        http.Add(connections);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        return new AwsSession(
            AwsSettings.For(environment, variables.GetValueOrDefault),
            connections,
            TestClient.AtOnce,
            [environment.Account!]
        );
    }

    /// <summary>The account's own time, plus a day.</summary>
    private sealed class AccountTime(TestAws aws) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => aws.Ecs.Now + TimeSpan.FromDays(1);
    }
}
