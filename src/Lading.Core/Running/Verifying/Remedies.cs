using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Remedies for deployments that failed.</summary>
internal static class Remedies
{
    /// <summary>The remedy, as sentences; empty if there is none.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="service">The service.</param>
    /// <param name="stack">Its stack.</param>
    /// <param name="evidence">The evidence of its environment, for the commands in the remedy.</param>
    public static string Of(
        ServiceOutcome outcome,
        ServiceDeploymentState service,
        StackEvidence stack,
        EnvironmentEvidence evidence
    ) =>
        service.Troubles.Count > 0
        && outcome is not (ServiceOutcome.Verified or ServiceOutcome.Unreadable or ServiceOutcome.Superseded)
            ? service.Troubles[0].Remedy
            : outcome switch
            {
                ServiceOutcome.CircuitBreaker =>
                    "Read the events of the service and the logs of its tasks, correct it, and deploy again.",
                ServiceOutcome.Alarm => "Look at what the alarm measures, correct it, and deploy again.",
                ServiceOutcome.RolledBack =>
                    $"Ask who stopped it; lading history {evidence.Selector} shows the releases. To deploy it after all, deploy again.",
                ServiceOutcome.StackRolledBack when stack.Status == "UPDATE_ROLLBACK_FAILED" =>
                    $"Let CloudFormation go on with it: aws cloudformation continue-update-rollback --stack-name {stack.Name}{evidence.CliOptions}",
                ServiceOutcome.StackRolledBack =>
                    $"Look at the first failure in the stack's events: aws cloudformation describe-stack-events --stack-name {stack.Name}{evidence.CliOptions}",
                ServiceOutcome.Superseded =>
                    $"If that is not meant, deploy again; lading status {evidence.Selector} shows what runs instead.",
                ServiceOutcome.WrongDigest or ServiceOutcome.UnknownDigest =>
                    $"lading status {evidence.Selector} --output json has the digests; to put the pinned image back, deploy again.",
                ServiceOutcome.Incomplete =>
                    "Look at the service's events: ECS may lack capacity, or tasks may stop after their start.",
                ServiceOutcome.Missing => "Somebody deleted it: delete or import it in its stack, and deploy again.",
                ServiceOutcome.Unreadable => "Give the credentials the policy for reading in docs/iam.md.",
                _ => "",
            };
}
