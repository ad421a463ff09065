using System.Diagnostics;

namespace Lading.Testing.Cloud;

/// <summary>
/// Throttles calls as AWS does. ECS operations of a category share a bucket of the published size (Amazon ECS API
/// reference, "Request throttling for the Amazon ECS API"). AWS publishes no rates for CloudFormation's read
/// operations; those here are assumed.
/// </summary>
internal sealed class RequestRates
{
    private static readonly Category[] OfEcs =
    [
        new(50, 20, ["DescribeClusters", "ListClusters"]),
        new(50, 20, ["DescribeTaskDefinition", "ListTaskDefinitions", "ListTaskDefinitionFamilies"]),
        new(100, 20, ["DescribeTasks", "ListTasks"]),
        new(100, 20, ["DescribeServices", "ListServices"]),
        new(50, 20, ["DescribeServiceDeployments", "ListServiceDeployments"]),
        new(50, 20, ["DescribeServiceRevisions"]),
    ];

    private readonly Dictionary<string, (double Tokens, long At)> buckets = new(StringComparer.Ordinal);

    /// <summary>Whether others have emptied the buckets: the first call to each is refused.</summary>
    public bool BeginsEmpty { get; init; }

    /// <summary>How many calls were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Takes a token for an operation; false if none is left.</summary>
    public bool TryTake(string service, string operation)
    {
        var (name, burst, refill) = BucketOf(service, operation);
        if (burst == 0)
        {
            return true;
        }

        lock (buckets)
        {
            var now = Stopwatch.GetTimestamp();
            var (tokens, at) = buckets.GetValueOrDefault(name, (BeginsEmpty ? 0 : burst, now));
            tokens = Math.Min(burst, tokens + (Stopwatch.GetElapsedTime(at, now).TotalSeconds * refill));
            var isLeft = tokens >= 1;
            buckets[name] = (isLeft ? tokens - 1 : tokens, now);
            Refused += isLeft ? 0 : 1;
            return isLeft;
        }
    }

    private static (string Name, int Burst, int Refill) BucketOf(string service, string operation) =>
        service switch
        {
            "ecs" when Array.Find(OfEcs, each => each.Operations.Contains(operation)) is { } category => (
                category.Operations[0],
                category.Burst,
                category.Refill
            ),
            "cloudformation" => (operation, 20, 10),
            _ => ("", 0, 0),
        };

    /// <summary>Operations that share a bucket.</summary>
    /// <param name="Burst">How many calls are possible at once.</param>
    /// <param name="Refill">How many calls are added each second.</param>
    /// <param name="Operations">Their names.</param>
    private sealed record Category(int Burst, int Refill, string[] Operations);
}
