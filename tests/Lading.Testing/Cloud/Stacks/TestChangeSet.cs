namespace Lading.Testing.Cloud.Stacks;

/// <summary>A change set of a <see cref="TestStack"/>.</summary>
internal sealed class TestChangeSet
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required TestStack Stack { get; init; }

    /// <summary>The template that it would deploy, as it was given.</summary>
    public required string Template { get; init; }

    /// <summary>The state of the stack that it was made for: an update by somebody else makes it obsolete.</summary>
    public required DateTimeOffset? MadeFor { get; init; }

    public string Status { get; set; } = "CREATE_IN_PROGRESS";

    public string Reason { get; set; } = "";

    public IReadOnlyList<TestChange> Changes { get; init; } = [];

    /// <summary>Why it cannot be made; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Those for nested stacks.</summary>
    public IReadOnlyList<TestChangeSet> Nested { get; init; } = [];

    /// <summary>Parameters for which the stack that nests this one passes down something else, known once that is made.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];

    public bool IsDeleted { get; set; }

    /// <summary>Whether its execution has begun: then it is listed no more.</summary>
    public bool IsExecuted { get; set; }
}
