using Lading.Retention;

namespace Lading.Aws.Retention;

/// <summary>All that is asked who uses images.</summary>
internal static class UseReaders
{
    /// <param name="policy">How many releases one may go back to, and for how long all count.</param>
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
