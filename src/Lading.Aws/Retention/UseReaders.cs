using Lading.Retention;

namespace Lading.Aws.Retention;

/// <summary>The readers of all kinds of uses.</summary>
internal static class UseReaders
{
    /// <summary>All readers.</summary>
    /// <param name="policy">The number of releases kept for a rollback, and the period in which all are.</param>
    public static IReadOnlyList<IUseReader> All(RetentionPolicy policy) =>
        [
            new TaskUses(),
            new ServiceUses(),
            new DeploymentUses(),
            new DefinitionUses(),
            new TemplateUses(),
            new ChangeSetUses(),
            new RecordReleases(),
            new DeploymentReleases(policy.Releases + 1, policy.Recent),
            new FunctionUses(),
            new AppRunnerUses(),
            new JobUses(),
            new QueuedJobUses(),
            new ModelUses(),
            new BuildUses(),
            new RuleUses(),
            new ScheduleUses(),
            new StateMachineUses(),
        ];
}
