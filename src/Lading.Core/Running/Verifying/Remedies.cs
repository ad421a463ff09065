using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>Remedies for deployments that failed.</summary>
internal static class Remedies
{
    public static string Of(ServiceOutcome outcome, ServiceStanding service, StackEvidence stack) =>
        service.Troubles.Count > 0
        && outcome is not (ServiceOutcome.Verified or ServiceOutcome.Unreadable or ServiceOutcome.Superseded)
            ? service.Troubles[0].Remedy
            : outcome switch
            {
                ServiceOutcome.CircuitBreaker =>
                    "Read the events of the service and the logs of its tasks, correct it, and deploy again.",
                ServiceOutcome.Alarm => "Look at what the alarm measures, correct it, and deploy again.",
                ServiceOutcome.RolledBack =>
                    "Ask who stopped it; lading history shows the releases. To deploy it after all, deploy again.",
                ServiceOutcome.StackRolledBack when stack.Status == "UPDATE_ROLLBACK_FAILED" =>
                    $"Let CloudFormation go on with it: aws cloudformation continue-update-rollback --stack-name {stack.Name}",
                ServiceOutcome.StackRolledBack =>
                    $"Look at the first failure in the stack's events: aws cloudformation describe-stack-events --stack-name {stack.Name}",
                ServiceOutcome.Superseded =>
                    "If that is not meant, deploy again; lading status shows what runs instead.",
                ServiceOutcome.WrongDigest or ServiceOutcome.UnknownDigest =>
                    "lading status --output json has the digests; to put the pinned image back, deploy again.",
                ServiceOutcome.Incomplete =>
                    "Look at the service's events: ECS may lack capacity, or tasks may stop after their start.",
                ServiceOutcome.Missing => "Somebody deleted it: delete or import it in its stack, and deploy again.",
                ServiceOutcome.Unreadable => "Give the credentials the policy for reading in docs/iam.md.",
                _ => "",
            };
}
