namespace Lading.Aws.Retention;

/// <summary>All that is asked who uses images.</summary>
internal static class UseReaders
{
    /// <param name="releases">How many releases may be gone back to.</param>
    public static IReadOnlyList<IUseReader> All(int releases) =>
        [
            new TaskUses(),
            new ServiceUses(),
            new DeploymentUses(),
            new DefinitionUses(),
            new TemplateUses(),
            new ChangeSetUses(),
            new RecordReleases(),
            new DeploymentReleases(releases + 1),
            new FunctionUses(),
            new AppRunnerUses(),
            new JobUses(),
            new ModelUses(),
            new BuildUses(),
            new RuleUses(),
            new ScheduleUses(),
            new StateMachineUses(),
        ];
}
