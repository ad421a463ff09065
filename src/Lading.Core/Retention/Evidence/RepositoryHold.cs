using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Retention.Evidence;

/// <summary>Why no image of some repositories may be deleted: something about them is unknown, or others may use them unseen.</summary>
/// <param name="Host">The registry's host in its canonical form; null for all registries.</param>
/// <param name="Repository">Null for all repositories of the host.</param>
/// <param name="Reason">What is unknown, as part of a sentence: <c>no access to ecs:ListTasks in 222222222222</c>.</param>
/// <param name="Remedy">What to do, as a sentence; empty if no remedy is known.</param>
/// <param name="Source">The request that failed; null if none was sent, as for an account that is not
/// configured.</param>
internal sealed record RepositoryHold(
    string? Host,
    RepositoryName? Repository,
    string Reason,
    string Remedy,
    FactOrigin? Source
)
{
    /// <summary>
    /// Its subject, which is stable, since exceptions in <c>lading.json</c> refer to it: <c>account 333333333333</c>, <c>ecs:ListTasks
    /// in 222222222222/eu-central-1</c>.
    /// </summary>
    public string Subject { get; init; } = Source?.ToString() ?? Reason;

    /// <summary>Whether it could concern every repository, so that nothing can be decided.</summary>
    public bool ConcernsAll => Host is null && Repository is null;
}
