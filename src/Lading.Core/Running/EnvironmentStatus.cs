using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>What an environment runs.</summary>
/// <param name="Evidence">What it was decided from.</param>
/// <param name="Containers">Those of its stacks, in the order of their names.</param>
/// <param name="Others">Those of services outside of all stacks.</param>
internal sealed record EnvironmentStatus(
    EnvironmentEvidence Evidence,
    IReadOnlyList<ContainerVerdict> Containers,
    IReadOnlyList<ContainerVerdict> Others
)
{
    /// <summary>Whether all of it was read, and all of it runs what was meant.</summary>
    public bool Holds =>
        Evidence.Failure is null
        && Evidence.Unread.Count == 0
        && Containers.All(container => container.State == RunningState.Running);
}
