using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Testing.Cloud.Moto;

/// <summary>
/// The ECS of an account whose CloudFormation is moto's. moto starts no tasks and leaves services on what they ran, so
/// a <see cref="TestEcs"/> is given each deployment that a stack has made since the last question. CloudFormation waits
/// for services, so a deployment is complete by the time somebody asks.
/// </summary>
internal sealed class EcsMirror(string account, MotoCloudFormation stacks, TimeProvider time) : IDisposable
{
    // Operations that need no look at the stacks: their callers have asked for services before.
    private static readonly string[] Follow =
    [
        "ListTasks",
        "DescribeTasks",
        "ListServiceDeployments",
        "DescribeServiceDeployments",
        "DescribeServiceRevisions",
        "StopServiceDeployment",
    ];

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);
    private EcsApi? api;

    /// <summary>What runs.</summary>
    public TestEcs Ecs { get; } = new(account, TestCloud.Region, time.GetUtcNow());

    /// <summary>Whether a call is answered here.</summary>
    public static bool Answers(AwsCall call) => call is { Service: "ecs", Operation: not "DescribeTaskDefinition" };

    public async Task<(int Status, JsonObject Body)> AnswerAsync(
        string operation,
        string body,
        CancellationToken cancellationToken
    )
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (!Follow.Contains(operation, StringComparer.Ordinal))
            {
                await CatchUpAsync(cancellationToken);
            }

            using var input = JsonDocument.Parse(body);
            return (api ??= new EcsApi(Ecs)).Answer(operation, input.RootElement);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var services = await stacks.ReadServicesAsync(cancellationToken);
        if (time.GetUtcNow() is var now && now > Ecs.Now)
        {
            Ecs.Advance(now - Ecs.Now);
        }

        foreach (var service in services.Where(each => given.GetValueOrDefault(each.Arn) != each.Definition))
        {
            given[service.Arn] = service.Definition;
            var definition = Register(service);
            if (Ecs.Services.Find(each => each.Arn == service.Arn) is { } known)
            {
                Ecs.Deploy(known, definition);
            }
            else
            {
                var names = service.Arn.Split('/');
                Ecs.Create(names[^2], names[^1], definition, service.Desired, each => Set(each, service));
            }
        }

        Ecs.Settle();
    }

    private EcsTaskDefinition Register(MotoWorkload service)
    {
        var name = service.Definition[(service.Definition.LastIndexOf('/') + 1)..].Split(':');
        var definition = new EcsTaskDefinition(
            service.Definition,
            name[0],
            int.Parse(name[1], CultureInfo.InvariantCulture),
            service.Images
        );
        Ecs.Definitions.Add(definition);
        return definition;
    }

    private static void Set(EcsService made, MotoWorkload service)
    {
        made.HasBreaker = made.RollsBack = service.HasBreaker;
        made.Tags["aws:cloudformation:stack-id"] = service.Stack;
    }
}
