using Lading.Retention.Evidence;

namespace Lading.Cli.Output;

/// <summary>The words of JSON documents for kinds of use.</summary>
internal static class RetentionWords
{
    public static string Of(UseKind kind) =>
        kind switch
        {
            UseKind.Running => "running",
            UseKind.Deploying => "deploying",
            UseKind.Template => "template",
            UseKind.ChangeSet => "change-set",
            UseKind.TaskDefinition => "task-definition",
            UseKind.OtherWorkload => "workload",
            UseKind.Release => "release",
            UseKind.Lock => "lock",
            UseKind.Hold => "hold",
            UseKind.Kept => "kept",
            UseKind.Revision => "revision",
            _ => "reference",
        };
}
