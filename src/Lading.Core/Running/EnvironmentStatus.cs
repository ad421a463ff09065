using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>The images that an environment runs.</summary>
/// <param name="Evidence">The evidence.</param>
/// <param name="Containers">The containers of its stacks, ordered by name.</param>
/// <param name="Others">The containers of services outside of all stacks.</param>
internal sealed record EnvironmentStatus(
    EnvironmentEvidence Evidence,
    IReadOnlyList<ContainerVerdict> Containers,
    IReadOnlyList<ContainerVerdict> Others
)
{
    /// <summary>Whether everything was read, and every container runs the intended image.</summary>
    public bool Holds =>
        Evidence.Failure is null
        && Evidence.Unread.Count == 0
        && Containers.All(container => container.State == RunningState.Running);
}
