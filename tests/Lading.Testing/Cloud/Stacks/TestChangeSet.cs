namespace Lading.Testing.Cloud.Stacks;

/// <summary>A change set of a <see cref="TestStack"/>.</summary>
internal sealed class TestChangeSet
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required TestStack Stack { get; init; }

    /// <summary>The template that it deploys, as submitted.</summary>
    public required string Template { get; init; }

    /// <summary>
    /// When the stack was last updated before this was created; an update by somebody else makes it obsolete.
    /// </summary>
    public required DateTimeOffset? MadeFor { get; init; }

    public string Status { get; set; } = "CREATE_IN_PROGRESS";

    public string Reason { get; set; } = "";

    public IReadOnlyList<TestChange> Changes { get; init; } = [];

    /// <summary>Why it cannot be created; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The change sets of nested stacks.</summary>
    public IReadOnlyList<TestChangeSet> Nested { get; init; } = [];

    /// <summary>
    /// Parameters to which the parent stack passes a new value, which is known only after the update.
    /// </summary>
    public IReadOnlyList<string> Passed { get; init; } = [];

    public bool IsDeleted { get; set; }

    /// <summary>Whether its execution has begun; if so, it is no longer listed.</summary>
    public bool IsExecuted { get; set; }
}
