using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Finds services whose execution role may not pull their new image.</summary>
internal static class PullRefusals
{
    /// <summary>Finds the refusals.</summary>
    /// <param name="workloads">The workloads of the stack.</param>
    /// <param name="swaps">The images to replace.</param>
    /// <param name="definitions">Task definitions, with their roles.</param>
    /// <param name="pulls">Checks whether roles may pull.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The refusals, each as part of a sentence.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(
        IReadOnlyList<Workload> workloads,
        IReadOnlyList<ImageSwap> swaps,
        IReadOnlyList<TaskDefinitionEvidence> definitions,
        IPullPermissions pulls,
        CancellationToken cancellationToken
    )
    {
        var roles = definitions
            .DistinctBy(each => each.Arn)
            .ToDictionary(each => each.Arn, each => each.ExecutionRole, StringComparer.Ordinal);
        var found = await Task.WhenAll(
                swaps
                    .Select(swap =>
                        (
                            swap.From,
                            Role: workloads
                                .Where(workload => workload.Containers.Contains(swap.Container))
                                .Select(workload => roles.GetValueOrDefault(workload.TaskDefinition ?? ""))
                                .FirstOrDefault(role => role is not null)
                        )
                    )
                    .Where(each => each.Role is not null)
                    .DistinctBy(each => (each.Role, each.From.Host, each.From.Repository))
                    .Select(each => pulls.FindRefusalAsync(each.Role!, each.From, cancellationToken))
            )
            .ConfigureAwait(false);
        return [.. found.OfType<string>()];
    }
}
