using Lading.Running.Verifying;

namespace Lading.Rollbacks;

/// <summary>A rollback that the user requests.</summary>
/// <param name="Stack">The stack's name; null if the environment has only one.</param>
internal sealed record RollbackRequest(string? Stack)
{
    /// <summary>A release: <c>#41</c>, a commit, a digest or a time; null for the last successful one.</summary>
    public string? To { get; init; }

    /// <summary>The only image to roll back; null for all.</summary>
    public string? Image { get; init; }

    /// <summary>Whether services keep their current task counts if the template's differ.</summary>
    public bool KeepsCounts { get; init; } = true;

    /// <summary>Whether to continue even if more than the images would change.</summary>
    public bool IsForced { get; init; }

    /// <summary>Whether only to show the plan.</summary>
    public bool IsDry { get; init; }

    /// <summary>Whether to take over another user's lease.</summary>
    public bool IsSteal { get; init; }

    /// <summary>Folders, such as <c>cdk.out</c>, that may contain the deployed template.</summary>
    public IReadOnlyList<string> Assemblies { get; init; } = [];

    /// <summary>How long to wait for tasks to run the new images once CloudFormation has finished.</summary>
    public TimeSpan Patience { get; init; } = Verification.DefaultLimit;
}
