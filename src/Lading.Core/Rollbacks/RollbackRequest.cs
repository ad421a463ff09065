using Lading.Running.Verifying;

namespace Lading.Rollbacks;

/// <summary>What somebody asks for.</summary>
/// <param name="Stack">The stack's name; null for the only one that there is.</param>
internal sealed record RollbackRequest(string? Stack)
{
    /// <summary>A release: <c>#41</c>, a commit, a digest or a time; null for the last one that ran well.</summary>
    public string? To { get; init; }

    /// <summary>The only image that goes back; null for all.</summary>
    public string? Image { get; init; }

    /// <summary>Whether services keep the number of tasks that they run, where the template has another.</summary>
    public bool KeepsCounts { get; init; } = true;

    /// <summary>Whether it goes on where something else would change, too.</summary>
    public bool IsForced { get; init; }

    /// <summary>Folders in which the template may be as it was deployed, such as <c>cdk.out</c>.</summary>
    public IReadOnlyList<string> Assemblies { get; init; } = [];

    /// <summary>How long tasks have to run what was deployed, once CloudFormation is done.</summary>
    public TimeSpan Patience { get; init; } = Verification.DefaultLimit;
}
