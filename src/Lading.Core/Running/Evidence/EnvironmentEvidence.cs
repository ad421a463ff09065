using Lading.Configuration;

namespace Lading.Running.Evidence;

/// <summary>Everything that was read about one environment, and what could not be read.</summary>
internal sealed record EnvironmentEvidence
{
    private readonly string? selector;

    /// <summary>Its name in messages.</summary>
    public required string Name { get; init; }

    /// <summary>12 digits.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>The options that select it on a command line, for the commands in messages.</summary>
    public string Selector
    {
        get => selector ?? EnvironmentDefinition.SelectorOf(Name);
        init => selector = value;
    }

    /// <summary>The options that direct commands of the AWS CLI in messages to the account.</summary>
    public string CliOptions { get; init; } = "";

    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Why nothing could be read at all, such as credentials of another account; null if something could.</summary>
    public LadingException? Failure { get; init; }

    public IReadOnlyList<StackEvidence> Stacks { get; init; } = [];

    public IReadOnlyList<RecordEvidence> Records { get; init; } = [];

    public IReadOnlyList<ServiceEvidence> Services { get; init; } = [];

    public IReadOnlyList<TaskEvidence> Tasks { get; init; } = [];

    public IReadOnlyList<RevisionEvidence> Revisions { get; init; } = [];

    public IReadOnlyList<DeploymentEvidence> Deployments { get; init; } = [];

    public IReadOnlyList<TaskDefinitionEvidence> TaskDefinitions { get; init; } = [];

    public IReadOnlyList<FunctionEvidence> Functions { get; init; } = [];

    public IReadOnlyList<JobDefinitionEvidence> Jobs { get; init; } = [];

    public IReadOnlyList<ScheduleEvidence> Schedules { get; init; } = [];

    public IReadOnlyList<RegistryImage> Images { get; init; } = [];

    /// <summary>The exports of stacks, by name.</summary>
    public IReadOnlyDictionary<string, string> Exports { get; init; } = new Dictionary<string, string>();

    /// <summary>ARNs of services that ECS does not have.</summary>
    public IReadOnlyList<string> MissingServices { get; init; } = [];

    public IReadOnlyList<UnreadFact> Unread { get; init; } = [];
}
