using Lading.Aws.Ecs;
using Lading.Running.Evidence;

namespace Lading.Aws.Diagnosis;

/// <summary>Reads the task definitions of active services, and of their primary task sets.</summary>
internal sealed class TaskFacts(ExaminedAccount account)
{
    /// <summary>Reads them without duplicates, each with the name of one of its services.</summary>
    public async Task<IReadOnlyList<(string Service, TaskDefinitionEvidence Definition)>> ReadAsync(
        CancellationToken cancellationToken
    )
    {
        var evidence = await account.ReadAsync(cancellationToken).ConfigureAwait(false);
        var known = evidence.TaskDefinitions.DistinctBy(each => each.Arn).ToDictionary(each => each.Arn);
        var wanted = evidence
            .Services.Where(service => service.Status == "ACTIVE")
            .SelectMany(service =>
                service
                    .TaskSets.Where(set => set.Status == "PRIMARY")
                    .Select(set => set.TaskDefinition)
                    .Prepend(service.TaskDefinition)
                    .Where(arn => arn.Length > 0)
                    .Select(arn => (service.Name, Arn: arn))
            )
            .DistinctBy(each => each.Arn)
            .ToList();
        var definitions = await Task.WhenAll(
                wanted.Select(async each =>
                    known.GetValueOrDefault(each.Arn)
                    ?? await account
                        .AskAsync(
                            new DescribeTaskDefinition(each.Arn, account.Session.Schedule.Time.GetUtcNow()),
                            cancellationToken
                        )
                        .ConfigureAwait(false)
                )
            )
            .ConfigureAwait(false);
        return [.. wanted.Zip(definitions, (each, definition) => (each.Name, definition))];
    }
}
