using System.Globalization;

namespace Lading.Running;

/// <summary>
/// A service that runs another number of tasks than its template says, such as by autoscaling. CloudFormation resets it to the
/// template's with any change of the service (cloudformation-coverage-roadmap#187).
/// </summary>
/// <param name="StackId">The ARN of the stack that has the service.</param>
/// <param name="Service">The logical id.</param>
/// <param name="Running">The number that ECS is to keep running now.</param>
/// <param name="Template">What the template says: a number, or how it is worked out.</param>
internal sealed record TaskCount(string StackId, string Service, int Running, string Template)
{
    /// <summary>The service, where a change of it would change the number of its tasks; else null.</summary>
    /// <param name="workload">The service.</param>
    /// <param name="index">What was read of it.</param>
    /// <param name="said">What the template says; null if it leaves the number alone.</param>
    public static TaskCount? Find(Workload workload, EvidenceIndex index, string? said) =>
        said is not null
        && index.FindService(workload.PhysicalId) is { IsDaemon: false } service
        && said != service.Desired.ToString(CultureInfo.InvariantCulture)
            ? new TaskCount(workload.Stack.Stack.Id, workload.LogicalId, service.Desired, said)
            : null;
}
